"""The zoo: simulated vendors that play any failure on demand, over real sockets."""
