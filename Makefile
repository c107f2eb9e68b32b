# SPDX-License-Identifier: GPL-2.0
# What people type. How the modules are made stands in module/Kbuild, how the
# tool is made in userctl/Makefile, and everything that runs, in scripts/.

KVER ?= $(shell uname -r)
KDIR ?= /lib/modules/$(KVER)/build
LAB ?= auto

VERSION := $(shell git describe --tags --dirty --always 2>/dev/null)
# Lines with it begin with +: make does not see the $(MAKE) in it and would not
# share its jobs.
KBUILD = $(MAKE) -C $(KDIR) M=$(CURDIR) W=1

.PHONY: all module userctl demo answers published study lab bench picture scaling sensitivity check check-fast check-unit check-lwkt check-vm \
	check-debug check-kernels torture fuzz install clean help

all: module userctl

module:
	@test -e $(KDIR)/Makefile || { echo 'No kernel headers in $(KDIR).'; \
		echo 'Type: sudo apt install linux-headers-$(KVER)   (or give KDIR=)'; \
		exit 1; } >&2
	+$(KBUILD) modules

userctl:
	$(MAKE) -C userctl

demo:
	scripts/demo

# make answers LAB=uml ONLY=q2,q3 OUT=folder
answers:
	scripts/answers --lab $(LAB) $(if $(ONLY),--only $(ONLY)) $(if $(OUT),--out $(OUT))

published:
	scripts/answers --published --lab $(LAB) $(if $(OUT),--out $(OUT))

study:
ifdef S
	scripts/deps build lab
	scripts/lab $(LAB) -- scripts/study $(S)
else
	scripts/study --list
endif

lab: userctl
	scripts/lab $(LAB)

bench:
	scripts/bench

picture:
	scripts/picture

# make scaling MACHINE=opteron48
scaling:
	scripts/scaling $(if $(MACHINE),--machine $(MACHINE))

# make sensitivity S='many-cpus --cpus 16,48' MACHINE=opteron48
sensitivity:
ifdef S
	scripts/sensitivity $(S) $(if $(MACHINE),--machine $(MACHINE))
else
	scripts/study --list
endif

check:
	scripts/check-all

check-fast:
	scripts/check-all --fast

check-unit:
	$(MAKE) -C userctl check
	$(MAKE) -C userctl/tests/pure check
	scripts/test/verdict
	scripts/test/verdicts
	scripts/test/folders
	scripts/test/auto
	scripts/test/series
	scripts/test/makefiles
	scripts/test/rooms
	scripts/test/claims
	scripts/test/places
	scripts/test/check-lwkt

# make check-lwkt TEST=all, or TEST='hold order.*'
check-lwkt:
	scripts/check-lwkt $(TEST)

check-vm:
	scripts/test/run

# make check-debug BOOTS=kasan T=3600 SEED=1
check-debug:
	$(if $(T),TOKBENCH_TORTURE_SECONDS=$(T)) $(if $(SEED),TOKBENCH_TORTURE_SEED=$(SEED)) \
		scripts/check-debug $(BOOTS)

# make check-kernels BOOTS='6.1-rt 7.3'
check-kernels:
	scripts/check-kernels $(BOOTS)

# make torture LAB=host T=7200 SEED=1
torture:
	scripts/torture $(if $(T),--seconds $(T)) $(if $(SEED),--seed $(SEED)) $(LAB)

# make fuzz T=600 SEED=1 TARGET='doc resume'
fuzz:
	scripts/fuzz $(if $(T),--seconds $(T)) $(if $(SEED),--seed $(SEED)) $(TARGET)

install: all
	+$(KBUILD) modules_install
	$(MAKE) -C userctl install

clean:
	+-test ! -e $(KDIR)/Makefile || $(KBUILD) clean
	$(MAKE) -C userctl clean
	$(MAKE) -C userctl/tests/pure clean
	$(MAKE) -C userctl/tests/fuzz clean

help:
	@echo 'make             the module for the running kernel, and tokctl'
	@echo 'make demo        tokens against a mutex, in a throw-away kernel'
	@echo 'make answers     five questions, five sentences, with pictures: results/answers/answers.html'
	@echo 'make published   what others published of locks, and ours'
	@echo 'make study       questions; make study S=NAME: the runs that answer one'
	@echo 'make check       every test; make check-fast: those without a kernel'
	@echo 'make check-lwkt  an edited line of lwkt/ against its selftests, in seconds; TEST=all'
	@echo 'make scaling     operations per second against 1 to 128 CPUs, on a simulated machine'
	@echo 'make sensitivity S=STUDY  which of its orders depend on a constant of the simulated machine'
	@echo 'make bench       what each lock and the harness cost, in instructions and ns'
	@echo 'make check-debug separate: tests in kernels that find bugs, built for it'
	@echo 'make check-kernels  separate: on Debian'\''s kernels, 6.1 to 7.3, one PREEMPT_RT'
	@echo 'make torture     random runs for T=300 seconds, of SEED='
	@echo 'make fuzz        every parser for T=60 seconds, or TARGET=; what it covered'
	@echo 'make install     both, with the manual pages (man -l userctl/man/tokbench.7)'
	@echo 'make clean'
	@echo 'KDIR=  kernel headers   LAB=  host, kvm, uml, tcg or auto'
