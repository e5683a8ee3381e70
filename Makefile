.PHONY: check test format lint types layers page docs events pins bench screenshots

check: lint types layers docs-check page test  ## everything CI runs, on what is installed

test:
	uv run pytest

format:
	uv run ruff format .
	uv run ruff check --fix .

lint:
	uv run ruff format --check .
	uv run ruff check .

types:
	uv run mypy --strict coach audio web commands evals scripts tests run_coach.py

layers:
	uv run lint-imports --no-logo

page:
	cd web/ui && npm ci --no-audit --no-fund && npm run lint && npm run typecheck && npm run test && npm run build

docs: events

events:  ## docs/events.md, docs/settings.md, the schemas and the page's types, written afresh from the code
	uv run scripts/generate.py
	cd web/ui && npm run types

.PHONY: docs-check
docs-check:
	uv run scripts/generate.py --check

pins:  ## the newest versions that fit together, written into pyproject.toml
	uv run scripts/pin_versions.py

screenshots:
	uv run scripts/screenshots.py

bench:  ## latency on the wire; COACH_TEST_DATA names the recordings
	uv run python -m evals.latency $(wildcard $(COACH_TEST_DATA)/audio/en/librispeech_*.wav)
