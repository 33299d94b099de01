"""The door: `flask run`, a WSGI server pointed at app:app, or `python app.py`."""

from tracker import create_app
from tracker.memory import lasting

with lasting():
    app = create_app()

if __name__ == "__main__":
    app.cli.main(["serve"])
