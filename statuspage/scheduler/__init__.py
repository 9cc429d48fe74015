"""What knows when: APScheduler lives here and nowhere else."""
