# Everything that is done with this repository, by name. `make` alone lists it.
.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := bash

# On CI the lock file is the law; at home cargo may add to it.
LOCKED := $(if $(CI),--locked)

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

# The page is built with Node.js; without it there is the API alone, and whoever asks for the page is told.
PAGE := $(if $(shell scripts/tools.sh npm 2>/dev/null),web/dist/index.html,without-page)

run: $(PAGE) ## build and serve on http://127.0.0.1:8080, in sandbox mode unless configured otherwise
	cargo run --release -- serve

page: web/dist/index.html ## build the page into web/dist (needs Node.js)

web/dist/index.html: node_modules/.package-lock.json $(shell git ls-files web/src web/public web/scripts web/*.* frontend-contract/src)
	npm run --silent build -w @credits/web

node_modules/.package-lock.json: package-lock.json
	@scripts/tools.sh npm >/dev/null
	npm ci --no-audit --no-fund --loglevel=error

without-page:
	@echo "the page is left out, because Node.js 20.19 or later is not installed (https://nodejs.org); the API is served"

test: check test-openapi test-docker test-page test-rust test-instructions test-stripe test-stripe-mock test-delivery \
	test-agents test-sdk test-browser test-contract ## everything that CI runs

# The Rust tests come first, and have built the programs that the others run.
test: export TESTS_HAVE_BUILT := yes

check: ## formatting, clippy, shellcheck
	cargo fmt --all --check
	cargo clippy --workspace --all-targets $(LOCKED) -- -D warnings
	bin=$$(scripts/tools.sh python) && git ls-files -co --exclude-standard '*.sh' .ci/run | xargs "$$bin/shellcheck"

test-page: node_modules/.package-lock.json web/dist/index.html ## the contract of the front end, and the page's own tests
	npm test --silent -w @credits/contract
	npm test --silent -w @credits/web

test-rust: ## the Rust tests, on SQLite and on a PostgreSQL of their own
	scripts/with-postgres.sh cargo test --workspace $(LOCKED)

simulate: ## random stories against a plain model of the ledger, in release: STEPS=100000000 SEED=7
	cargo run --release -p ledger --example simulate -- --steps $(or $(STEPS),2000000) --seed $(or $(SEED),1)

test-instructions: ## count the instructions of `decide` and compare them with the recorded ones
	scripts/instructions.sh

test-stripe: ## Stripe's own clients against the sandbox
	tests/stripe_clients/run.sh

test-stripe-mock: ## Stripe's own check of every request that we send: stripe-mock (needs Go)
	scripts/with-stripe-mock.sh cargo test --test stripe_mock $(LOCKED) -- --nocapture

test-openapi: ## lint the OpenAPI document with Spectral and Redocly, and hold it to growing alone
	tests/contract/lint.sh
	scripts/openapi-additive.sh

test-delivery: ## mails and webhooks as others receive them: a real SMTP server, Standard Webhooks' own verifiers
	scripts/with-postgres.sh tests/delivery/run.sh

test-agents: ## what software agents read, and a client of theirs that uses the tools and buys
	scripts/with-server.sh tests/agents/run.sh

test-sdk: node_modules/.package-lock.json ## the clients in five languages, against a live server (needs Go, a JDK with Maven)
	scripts/with-server.sh sdk/test.sh

test-browser: node_modules/.package-lock.json web/dist/index.html ## the page in a browser; its journeys on both engines
	npm run check --silent -w @credits/browser-tests
	scripts/with-server.sh tests/browser/run.sh
	scripts/with-postgres.sh scripts/with-server.sh --postgres tests/browser/run.sh --brief

test-contract: ## fuzz live servers, one per database engine, against the OpenAPI document
	scripts/with-server.sh tests/contract/fuzz.sh
	scripts/with-postgres.sh scripts/with-server.sh --postgres tests/contract/fuzz.sh --brief

test-docker: ## check the image's and the composition's files (no container engine needed)
	tests/docker/check.sh

bench: ## measure a release build on PostgreSQL beside pgbench (see docs/PERFORMANCE.md)
	scripts/bench.sh --runs 5

fmt: ## format the Rust code
	cargo fmt --all

planted-bugs: ## plant known faults in a copy of the ledger, one at a time: the tests must catch each
	scripts/planted-bugs.sh

mutants: ## let cargo-mutants change the ledger wherever it can, and list what no test notices (hours; into target/mutants.out)
	cargo mutants --package ledger

generate: node_modules/.package-lock.json ## rewrite what is made from the code: OpenAPI document, pages of docs/, contract, clients
	UPDATE=1 cargo test --test suite generated::the_
	UPDATE=1 cargo test --test suite generated -- --skip postgres
	npm run --silent generate -w @credits/contract
	sdk/generate.sh

screens: node_modules/.package-lock.json web/dist/index.html ## the page's pictures in docs/screens (needs faketime and pngquant)
	tests/browser/screens.sh

verify: ## check every invariant of the ledger in the configured database
	cargo run --release -- verify

.PHONY: help run page without-page test bench check simulate planted-bugs mutants fmt generate screens verify \
	test-rust test-page test-instructions test-stripe test-stripe-mock test-delivery test-openapi test-agents test-sdk \
	test-browser test-contract test-docker
