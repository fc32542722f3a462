# Thin names: what is longer than two lines lives in xtask. `cargo xtask` lists everything.

# A gate builds in fresh clones; outside of them the build stays warm.
ifeq ($(CI),true)
export CARGO_TARGET_DIR ?= $(HOME)/.cache/diwan/target
endif

.PHONY: run test check fix gen bless sim fuzz bench night docs release

run: ## sets up what is missing and plays the exercise with five partners
	@cargo xtask run $(ARGS)

test: ## sets up what is missing and passes everything the gate runs
	@cargo xtask test

check: ## the fast part of test
	@cargo xtask check

fix: ## repairs format and lint findings
	@cargo xtask fix

gen: ## writes all generated files again
	@cargo xtask gen

bless: ## accepts snapshots and vectors, in the right order
	@cargo xtask bless

sim: ## make sim SEED=7
	@cargo xtask sim SEED=$(SEED)

fuzz: ## make fuzz TARGET=record SECONDS=60
	@cargo xtask fuzz $(TARGET) $(SECONDS)

bench: ## measures next to a bare pipeline and to what others use
	@cargo xtask bench

night: ## what takes hours
	@cargo xtask night

docs: ## the API documentation of the crates
	@cargo xtask docs

release: ## the gate, then the one file to install
	@cargo xtask release
