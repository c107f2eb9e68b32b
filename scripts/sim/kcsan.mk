# SPDX-License-Identifier: GPL-2.0
# kernel/kcsan/Makefile of the lab "sim".
KCSAN_SANITIZE := n
KCOV_INSTRUMENT := n
UBSAN_SANITIZE := n
CFLAGS_hooks.o := -fno-stack-protector -DDISABLE_BRANCH_PROFILING
obj-y := hooks.o
