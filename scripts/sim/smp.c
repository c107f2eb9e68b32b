// SPDX-License-Identifier: GPL-2.0
/*
 * smp.c - the CPUs of User Mode Linux as coroutines of one host thread, in virtual
 * time. Takes the place of arch/um/os-Linux/smp.c and time.c.
 *
 * Each CPU has a clock and a host stack. The one whose clock is behind all others is
 * on, until it has passed another one. It can be stopped only where it calls
 * sim_pass() or sim_stop_until(): at an access to memory, PAUSE, work, and idle.
 * There interrupts are delivered, too. Nothing depends on the host: no signal of it is
 * waited for, its clock is not read, and while user space runs, in a process of its own,
 * the machine stands still.
 *
 * User space takes no virtual time. It is for tokctl and the shell, whose time is of no
 * interest here.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <as-layout.h>
#include <init.h>
#include <kern_util.h>
#include <longjmp.h>
#include <os.h>
#include <smp.h>
#include "internal.h"
#include <uml_sim.h>

/* The model is compiled here as it is for its tests: with libc. */
#undef __KERNEL__
#undef min
#undef max
#undef ARRAY_SIZE
#include "sim/machine.c"
#include "sim/line.c"
#include "sim/order.c"
#include "sim/wait.c"
#include "sim/cpus.h"
#include "sim/hash.h"

#define STACK_SIZE 65536

/* 2^22 lines: more than the memory of a guest that a run touches. */
#define LINE_BITS 22

/* Where the lab says what is to be simulated. */
#define MACHINE_VARIABLE "TOKBENCH_SIM_MACHINE"
#define SEED_VARIABLE "TOKBENCH_SIM_SEED"
/* 1, by a test: no round of a waiting loop is left out. */
#define ROUNDS_VARIABLE "TOKBENCH_SIM_ALL_ROUNDS"

struct sim uml_sim;
static char machine_name[64], machine_text[512];

#include "sim/access.c"

/*
 * sim_switch(save, to): the callee-saved registers are pushed, and popped of the
 * other stack. Floating point is not used between CPUs.
 */
void sim_switch(void **save, void *to);
asm(".pushsection .text\n"
    ".globl sim_switch\n"
    "sim_switch:\n"
    "	push %rbp\n"
    "	push %rbx\n"
    "	push %r12\n"
    "	push %r13\n"
    "	push %r14\n"
    "	push %r15\n"
    "	mov %rsp, (%rdi)\n"
    "	mov %rsi, %rsp\n"
    "	pop %r15\n"
    "	pop %r14\n"
    "	pop %r13\n"
    "	pop %r12\n"
    "	pop %rbx\n"
    "	pop %rbp\n"
    "	ret\n"
    ".popsection\n");

int uml_curr_cpu(void)
{
	return uml_sim.me;
}

static struct sim_cpu *this_cpu(void)
{
	return &uml_sim.cpus[uml_sim.me];
}

/* All CPUs wait for each other, and nothing outside of the machine can end that. */
static void stuck(void)
{
	char place[512];
	u32 cpu;

	uml_sim.in_host++;
	this_cpu()->sp = __builtin_frame_address(0);
	this_cpu()->signals = signals_enabled;
	fprintf(stderr, "sim: no CPU can make progress, at %llu ns:\n",
		this_cpu()->now / 1000);
	for (cpu = 0; cpu < uml_sim.order.n; cpu++) {
		uml_sim_place(cpu, uml_sim.cpus[cpu].sp, place, sizeof(place));
		fprintf(stderr,
			"sim: CPU %u at %llu ns is %s, interrupts %s, in %s\n",
			cpu, uml_sim.cpus[cpu].now / 1000,
			uml_sim.cpus[cpu].asleep ? "idle" :
			uml_sim.cpus[cpu].parked ? "waiting for a cache line" :
						   "running",
			uml_sim.cpus[cpu].signals ? "on" : "off", place);
	}
	kill(getpid(), SIGKILL);
}

/* The first CPU goes on. Returns when this one is the first. */
static void go_on(void)
{
	u32 me = uml_sim.me, next = sim_order_first(&uml_sim.order);

	if (next == me)
		return;
	if (sim_order_time(&uml_sim.order, next) == SIM_NEVER)
		stuck();
	uml_sim.cpus[me].signals = signals_enabled;
	uml_sim.me = next;
	signals_enabled = uml_sim.cpus[next].signals;
	sim_switch(&uml_sim.cpus[me].sp, uml_sim.cpus[next].sp);
}

void sim_pass(u64 now)
{
	uml_sim.cpus[uml_sim.me].now = now;
	/* It need not be the first: it may have put a parked CPU back before itself. */
	if (likely(sim_order_first(&uml_sim.order) == uml_sim.me &&
		   sim_order_stays_first(&uml_sim.order, now)))
		return;
	sim_order_set(&uml_sim.order, uml_sim.me, now);
	go_on();
}

void sim_stop_until(u64 when)
{
	sim_order_set(&uml_sim.order, uml_sim.me, when);
	if (sim_order_first(&uml_sim.order) == uml_sim.me && when == SIM_NEVER)
		stuck();
	go_on();
}

/* To be called when one of its events has changed. */
static void find_event(struct sim_cpu *cpu)
{
	u32 i;

	cpu->event = cpu->timer ? cpu->timer : SIM_NEVER;
	for (i = 0; i < SIM_VECTORS; i++)
		if (cpu->ipi[i])
			cpu->event = min(cpu->event, cpu->ipi[i]);
}

static void set_timer(struct sim_cpu *cpu, u64 at)
{
	cpu->timer = min(at, SIM_NEVER);
	find_event(cpu);
}

static void run_ipi_handler(int vector)
{
	this_cpu()->ipi[vector] = 0;
	find_event(this_cpu());
	signals_enabled = 0;
	um_trace_signals_off();
	uml_ipi_handler(vector);
	um_trace_signals_on();
	signals_enabled = 1;
}

static void run_timer_handler(void)
{
	struct sim_cpu *cpu = this_cpu();

	set_timer(cpu, cpu->every ? cpu->timer + cpu->every : 0);
	deliver_alarm();
}

/* A handler may let others go on, so nothing is kept over one. */
void sim_deliver(void)
{
	u64 first;
	int i;

	while (signals_enabled && !uml_sim.in_host) {
		first = this_cpu()->event;
		if (likely(first > this_cpu()->now))
			return;
		sim_wait_spoil(&this_cpu()->wait);
		for (i = 0; i < SIM_VECTORS; i++)
			if (this_cpu()->ipi[i] == first)
				break;
		if (i < SIM_VECTORS)
			run_ipi_handler(i);
		else
			run_timer_handler();
	}
}

/* Interrupts are on again: arch/um calls this then. */
void os_local_ipi_enable(void)
{
	sim_deliver();
}

void os_local_ipi_disable(void)
{
}

int os_send_ipi(int cpu, int vector)
{
	u64 at = this_cpu()->now + uml_sim.machine.ipi_;

	if (!uml_sim.cpus[cpu].ipi[vector])
		uml_sim.cpus[cpu].ipi[vector] = at;
	find_event(&uml_sim.cpus[cpu]);
	sim_wake(cpu);
	sim_wait_spoil(&this_cpu()->wait);
	if (!uml_sim.in_host)
		sim_pass(this_cpu()->now + uml_sim.machine.ipi_send_);
	return 0;
}

/* Interrupts are off; those that came before are delivered when they are on. */
void os_idle_sleep(void)
{
	struct sim_cpu *cpu = this_cpu();
	u64 next = cpu->event;

	if (uml_need_resched() || next <= cpu->now)
		return;
	uml_sim.off_accesses = 0;
	cpu->asleep = true;
	sim_stop_until(next);
	cpu->asleep = false;
	cpu->now = max(cpu->now, sim_order_time(&uml_sim.order, uml_sim.me));
	sim_pass(cpu->now + uml_sim.machine.wake_);
}

void os_idle_prepare(void)
{
}

/* A loop that reads the clock until a time has come ends. */
long long os_nsecs(void)
{
	sim_wait_spoil(&this_cpu()->wait);
	if (uml_sim.in_host)
		return this_cpu()->now / 1000;
	if (uml_sim.on)
		sim_pass(this_cpu()->now + uml_sim.machine.clock_);
	else
		access_off();
	return this_cpu()->now / 1000;
}

/* Every machine starts at the same moment, in the year 2026. */
long long os_persistent_clock_emulation(void)
{
	return 1767225600000000000LL + os_nsecs();
}

int os_timer_create(void)
{
	return 0;
}

int os_timer_set_interval(int cpu, unsigned long long ns)
{
	uml_sim.cpus[cpu].every = ns * 1000;
	set_timer(&uml_sim.cpus[cpu], this_cpu()->now + ns * 1000);
	return 0;
}

int os_timer_one_shot(int cpu, unsigned long long ns)
{
	uml_sim.cpus[cpu].every = 0;
	set_timer(&uml_sim.cpus[cpu], this_cpu()->now + ns * 1000);
	return 0;
}

void os_timer_disable(int cpu)
{
	uml_sim.cpus[cpu].every = 0;
	set_timer(&uml_sim.cpus[cpu], 0);
}

/* Functions of arch/um/os-Linux that give way to these, see sim-source.sh. */

int os_futex_wait(void *address, unsigned int value)
{
	while (*(volatile unsigned int *)address == value)
		uml_sim_relax();
	return 0;
}

int os_futex_wake(void *address)
{
	(void)address;
	return 0;
}

/* A process that an interrupt has to stop: it stands still already. */
void os_alarm_process(int pid)
{
	(void)pid;
}

/*
 * Output waits for the host, which takes no virtual time: nothing comes from outside
 * to say that there is room again.
 */
int generic_write(int fd, const unsigned char *buf, size_t n, void *unused)
{
	struct pollfd room = { .fd = fd, .events = POLLOUT };
	size_t written = 0;
	ssize_t ret = 0;

	(void)unused;
	while (written < n) {
		ret = write(fd, buf + written, n - written);
		if (ret > 0)
			written += ret;
		else if (ret < 0 && errno == EAGAIN)
			poll(&room, 1, -1);
		else if (ret == 0 || errno != EINTR)
			break;
	}
	return written || !n ? (int)written : ret ? -errno : -EIO;
}

/* So nothing happens when the host is ready. */
int os_set_fd_async(int fd)
{
	(void)fd;
	return 0;
}

ssize_t os_getrandom(void *buf, size_t len, unsigned int flags)
{
	static u64 draws;
	size_t i;

	(void)flags;
	for (i = 0; i < len; i++)
		((u8 *)buf)[i] = tb_rng_mix(uml_sim.seed +
					    ++draws * 0x9e3779b97f4a7c15ULL);
	return len;
}

static void enter_cpu(void)
{
	uml_start_secondary(NULL);
}

static void refuse(const char *why)
{
	fprintf(stderr, "sim: %s\n", why);
	_exit(1);
}

int os_start_cpu_thread(int cpu)
{
	u64 *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	/* No half of a machine: Linux would go on with the CPUs it has. */
	if (stack == MAP_FAILED)
		refuse("no memory for the stack of a CPU");
	/* As if enter_cpu() had been called from nowhere: rsp + 8 is a multiple of 16. */
	stack += STACK_SIZE / sizeof(*stack) - 2;
	*--stack = 0;
	*--stack = (u64)enter_cpu;
	stack -= 6;
	uml_sim.cpus[cpu].sp = stack;
	uml_sim.cpus[cpu].now = this_cpu()->now;
	sim_order_add(&uml_sim.order, cpu, this_cpu()->now);
	return 0;
}

void os_start_secondary(void *arg, jmp_buf *switch_buf)
{
	(void)arg;
	longjmp(*switch_buf, 1);
}

void os_init_smp(void)
{
}

/*
 * Before anything of the kernel runs: its first access finds a machine. The lab gives
 * all constants, behind a name.
 */
static void __attribute__((constructor)) init_machine(void)
{
	const char *text = getenv(MACHINE_VARIABLE),
		   *seed = getenv(SEED_VARIABLE), *rounds;
	char error[SIM_ERROR_MAX];
	void *table;
	u32 cpu;

	if (!text)
		refuse(MACHINE_VARIABLE " is not set");
	snprintf(machine_name, sizeof(machine_name), "%.*s",
		 (int)strcspn(text, ","), text);
	uml_sim.machine.name = machine_name;
	if (sim_machine_set(&uml_sim.machine, text + strcspn(text, ","), error))
		refuse(error);
	sim_machine_print(&uml_sim.machine, machine_text, sizeof(machine_text));
	rounds = getenv(ROUNDS_VARIABLE);
	uml_sim.all_rounds = rounds && *rounds == '1';
	uml_sim.seed = seed ? strtoull(seed, NULL, 10) : 1;
	table = mmap(NULL, sizeof(struct sim_line) << LINE_BITS,
		     PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (table == MAP_FAILED)
		refuse("no memory for the cache lines");
	uml_sim.lines.table = table;
	uml_sim.lines.bits = LINE_BITS;
	for (cpu = 0; cpu < SIM_CPUS; cpu++)
		uml_sim.cpus[cpu].event = SIM_NEVER;
	seed_jitter();
	sim_order_add(&uml_sim.order, 0, 0);
}
