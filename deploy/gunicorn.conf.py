"""gunicorn for several web processes: `gunicorn -c deploy/gunicorn.conf.py app:app`, behind nginx.

From the environment: WEB_SOCKET (default 127.0.0.1:8000; systemd hands over its own), WEB_CONCURRENCY (processes,
default 2: one for each core), WEB_THREADS (in each, default 8).
"""

import os

wsgi_app = "app:app"
bind = os.environ.get("WEB_SOCKET", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
# The default kind gives up a request after 30 seconds: a large file on a slow line is none of its business.
worker_class = "gthread"
worker_connections = 200
timeout = 60
graceful_timeout = 30
keepalive = 15  # longer than nginx keeps an idle connection, so that nginx never writes into one just closed
backlog = 512
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# A process is replaced before anything that leaks could matter; not all at the same moment.
max_requests = 50_000
max_requests_jitter = 5_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # nosec B108 - the sign of life of a worker; a slow disk must not stop it
preload_app = True  # what all processes read the same stands in memory once
umask = 0o077
accesslog = None  # the application writes one line for each request itself, without names and addresses
errorlog = "-"
loglevel = "error"  # its warnings name who asked


def on_starting(server):
    """What is not encrypted leaves this machine only where somebody said so."""
    from app import app
    from tracker.cli.listening import must_not_leave

    for address in server.cfg.address:
        if isinstance(address, tuple):
            must_not_leave(address[0], app.config)


def when_ready(_server):
    """Before the processes part: nothing collects again what is loaded by now."""
    from tracker.web.plumbing import settle

    settle()


def post_fork(_server, _worker):
    """A connection to the database belongs to the process that opened it; each writes its own log."""
    from app import app
    from tracker.database import db
    from tracker.web import logs

    logs.write(app.config["LOG_FORMAT"])
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose(close=False)
