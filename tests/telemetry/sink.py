"""A sink that speaks OTLP over HTTP."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.metrics.v1.metrics_pb2 import HistogramDataPoint


class Sink:
    """Takes what is exported."""

    def __init__(self) -> None:
        self.taken: list[ExportMetricsServiceRequest] = []
        self.paths: list[str] = []
        self.keys: list[str | None] = []
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                told = ExportMetricsServiceRequest()
                told.ParseFromString(body)
                sink.taken.append(told)
                sink.paths.append(self.path)
                sink.keys.append(self.headers.get("x-key"))
                self.send_response(200)
                self.send_header("content-type", "application/x-protobuf")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def points(self, name: str) -> list[HistogramDataPoint]:
        return [
            point
            for told in self.taken
            for resource in told.resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
            if metric.name == name
            for point in metric.histogram.data_points
        ]

    def unit(self, name: str) -> str:
        every = [m for t in self.taken for r in t.resource_metrics for s in r.scope_metrics for m in s.metrics]
        return next(str(metric.unit) for metric in every if metric.name == name)

    def resource(self) -> dict[str, str]:
        return {each.key: each.value.string_value for each in self.taken[0].resource_metrics[0].resource.attributes}


def labels(point: HistogramDataPoint) -> dict[str, str]:
    return {each.key: each.value.string_value or str(each.value.int_value) for each in point.attributes}
