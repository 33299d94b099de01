# Short names for start.py; it makes the environment by itself.
PYTHON ?= python3
VENV = .venv/bin

.PHONY: run test check setup demo bench shell format translations lock

run:            ## server and timetable on http://127.0.0.1:8000
	$(PYTHON) start.py
test:
	$(PYTHON) start.py test $(ARGS)
check:
	$(PYTHON) start.py check
setup:
	$(PYTHON) start.py setup --dev
demo:           ## the fictitious city, into an empty database
	$(PYTHON) start.py demo $(ARGS)
bench:          ## make bench NAME=pages ARGS="--size 1000"
	$(PYTHON) start.py bench $(NAME) $(ARGS)
shell:
	$(PYTHON) start.py shell
format: setup
	$(VENV)/ruff format .
	$(VENV)/ruff check --fix .
translations: setup   ## take new sentences into the catalogue; a test refuses empty and fuzzy ones
	$(VENV)/pybabel -q extract -F babel.cfg -k N_ -k _l --no-location --no-wrap --omit-header --ignore-dirs '.*' -o messages.pot .
	$(VENV)/pybabel -q update -N --no-wrap -i messages.pot -d tracker/translations -l zh_Hans_CN
	rm messages.pot
LOCK = uv pip compile -q --no-config --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url
lock:           ## needs uv; users need only pip
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
