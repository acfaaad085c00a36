# Wengert lists. `make run` needs Debian or Ubuntu (or the packages below by hand) and Swift 6.2.

# Packed relocations start a third faster; the loader of a C library before 2.36 cannot read them.
packed := $(shell printf '%s\n' "$$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)" 2.36 | sort -CVr \
  && echo -Xlinker -z -Xlinker pack-relative-relocs)
release := swift build -c release --static-swift-stdlib --omit-frame-pointers \
  -Xswiftc -use-ld=lld $(packed) --product wl
sources := Package.swift Sources Tests Fuzzing/Package.swift Fuzzing/Sources
packages := pkg-config libedit-dev libopenblas0 zlib1g
test-packages := $(packages) python3 python3-pexpect python3-pyte python3-jsonschema \
  texlive-latex-base chromium chromium-driver python3-selenium

.DEFAULT_GOAL := help
.PHONY: run test build build-tests setup setup-test check format lint docs fresh pages bench \
  measure record clean help fuzz fuzz-targets soak sanitize coverage

run: build ## Install what is missing, build, and trace the program of a lecture slide
	@./wl examples/slide.wl

test: setup-test build build-tests ## Build and run every test, those on a pseudo-terminal too
	@scripts/test-swift-example
	@WL="$(CURDIR)/wl" swift test --disable-xctest --skip-build

build-tests: setup
	@swift build --build-tests

# A copy starts a millisecond sooner than what the linker wrote, page by page, through a mapping.
build: setup ## Build ./wl
	@$(release)
	@install -C -m 755 "$$($(release) --show-bin-path)/wl" wl

setup:
	@scripts/install-packages $(packages)

setup-test:
	@scripts/install-packages $(test-packages)

fuzz: build ## Run 100,000 malformed and hostile programs, those found before first
	@python3 Tests/fuzz/fuzz.py --count $(or $(COUNT),100000) --first $(or $(FIRST),0) \
	  --keep .build/fuzz

fuzz-targets: setup ## Fuzz lexer, parser, programs and readers of data with libFuzzer, SECONDS in all
	@scripts/fuzz-targets $(or $(SECONDS),60)

soak: setup-test build ## Type ten thousand random lines at the prompt
	@WL="$(CURDIR)/wl" /usr/bin/python3 Tests/pty/soak.py --lines $(or $(LINES),10000)

sanitize: setup-test ## Run the tests of the library with the address and the thread sanitizer
	@scripts/sanitize address
	@scripts/sanitize thread

coverage: setup-test ## Report which lines of the library the tests run
	@scripts/coverage

check: lint fresh ## What CI asks for besides the tests: layout, and documentation that is fresh

format: ## Lay out every Swift file
	@swift format --in-place --recursive $(sources)

lint: ## Complain about layout
	@swift format lint --strict --recursive $(sources)

docs: build ## Write the parts of the documentation that are made from the program
	@scripts/docs

fresh: docs
	@git diff --exit-code --stat -- docs README.md Sources || \
	  { echo 'run "make docs" and commit what it wrote' >&2; exit 1; }

pages: ## Build the pages of the Swift library into .build/pages
	@WENGERT_PAGES=1 swift package --allow-writing-to-directory .build/pages \
	  generate-documentation --target WengertLang --output-path .build/pages \
	  --transform-for-static-hosting

bench: build ## Measure wl beside C and other tools, which it installs; PEERS=none does without them
	@Benchmarks/run --peers $(or $(PEERS),all) $(if $(MARKDOWN),--markdown $(MARKDOWN))

measure: build ## Measure start-up, and whole runs of three programs
	@scripts/measure-start
	@scripts/measure-programs

record: setup-test build ## Draw the pictures of the docs: a session, and the stepper page of five programs
	@scripts/record-session scripts/session.txt docs/session.svg
	@scripts/record-stepper docs/stepper

clean: ## Remove everything that was built
	@rm -rf .build .build-fuzz .build-address .build-thread .build-coverage wl

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10
