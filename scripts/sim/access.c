// SPDX-License-Identifier: GPL-2.0
/*
 * access.c - what the code of a simulated CPU does that takes time: accesses to
 * memory, PAUSE, waiting, work. Part of smp.c.
 */

/* While memory costs nothing, a CPU that does nothing else lets others go on. */
#define OFF_ACCESSES (1 << 20)
#define OFF_PS 1000000

/*
 * The model is switched on at a multiple of this time, a tick of Linux. What came before,
 * the reading of files with names of other lengths, say, makes no difference then.
 */
#define ON_PS 10000000000ULL

/*
 * Each CPU draws numbers of its own, from the seed, how often the model was switched
 * on, and how many it has drawn: no CPU's jitter depends on another one's.
 */
u32 sim_draw_jitter(void)
{
	struct sim_cpu *cpu = &uml_sim.cpus[uml_sim.me];

	if (!uml_sim.machine.jitter)
		return 0;
	return (tb_rng_mix(cpu->draw++) & 0xffff) * uml_sim.machine.jitter *
		       1024 / 100 >>
	       16;
}

static void seed_jitter(void)
{
	u64 cpu;

	for (cpu = 0; cpu < SIM_CPUS; cpu++)
		uml_sim.cpus[cpu].draw = tb_rng_mix(
			uml_sim.seed + (uml_sim.epoch << 40) + (cpu << 48));
}

/*
 * A sleeping or parked CPU has an event before it would go on: it goes on in the
 * round that sees the event.
 */
void sim_wake(u32 other)
{
	struct sim_cpu *cpu = &uml_sim.cpus[other];
	u64 when = cpu->event;

	if (cpu->parked) {
		if (!cpu->signals || when == SIM_NEVER)
			return;
		when = sim_wait_round_at(&cpu->wait, when);
	} else if (!cpu->asleep) {
		return;
	}
	if (when < sim_order_time(&uml_sim.order, other))
		sim_order_set(&uml_sim.order, other, when);
}

/*
 * The CPU that is on is about to take a line from CPUs that wait for it to change. They
 * are told; false: some have to go on first.
 */
static bool tell_parked(struct sim_line *line)
{
	struct sim_cpu *me = &uml_sim.cpus[uml_sim.me];
	bool may_write = true;
	u32 word, i;
	u64 when;

	for (word = 0; word < SIM_SHARE_WORDS; word++) {
		u64 left = line->share[word];

		for (; left; left &= left - 1) {
			u32 other = word * 64 + __builtin_ctzll(left);
			struct sim_cpu *cpu = &uml_sim.cpus[other];

			if (!cpu->parked)
				continue;
			for (i = 0;
			     i < cpu->wait.n && cpu->wait.lines[i] != line; i++)
				;
			if (i == cpu->wait.n)
				continue;
			if (sim_wait_before_write(&cpu->wait, other,
						  &uml_sim.machine, me->now,
						  uml_sim.me, &when))
				may_write = false;
			if (when < sim_order_time(&uml_sim.order, other))
				sim_order_set(&uml_sim.order, other, when);
		}
	}
	return may_write;
}

/* The CPU that is on comes to its turn, with what has arrived until then. */
static void come_to_turn(void)
{
	struct sim_cpu *cpu = &uml_sim.cpus[uml_sim.me];

	sim_pass(cpu->now);
	if (unlikely(cpu->event <= cpu->now))
		sim_deliver();
}

static void access_line(u64 address, enum sim_kind kind)
{
	struct sim_access access;
	struct sim_line *line;

	uml_sim.accesses++;
	come_to_turn();
	line = sim_line_find(&uml_sim.lines, address);
	if (!line) {
		fprintf(stderr, "sim: a run touches more than %u cache lines\n",
			uml_sim.lines.used);
		kill(getpid(), SIGKILL);
	}
	while (unlikely(line->parked) && kind != SIM_READ && !tell_parked(line))
		come_to_turn();
	access = sim_line_access(&uml_sim.machine, line, uml_sim.me, kind,
				 uml_sim.cpus[uml_sim.me].now,
				 sim_line_hits(line, uml_sim.me, kind) ?
					 0 :
					 sim_draw_jitter());
	sim_wait_note(&uml_sim.cpus[uml_sim.me].wait, kind, &access);
	if (!access.hit)
		sim_pass(access.start);
	/* The value is that of the line's turn: others go first when it is read. */
	uml_sim.cpus[uml_sim.me].now = access.done;
}

/* No time passes, but no CPU keeps the others from theirs for ever. */
static void access_off(void)
{
	if (likely(++uml_sim.off_accesses < OFF_ACCESSES))
		return;
	uml_sim.off_accesses = 0;
	sim_pass(uml_sim.cpus[uml_sim.me].now + OFF_PS);
	sim_deliver();
}

void uml_sim_access(const volatile void *address, unsigned long size, int kind)
{
	u64 first = (u64)address >> SIM_LINE_SHIFT;
	u64 last = ((u64)address + (size ? size - 1 : 0)) >> SIM_LINE_SHIFT;

	if (unlikely(uml_sim.in_host))
		return;
	if (!uml_sim.on) {
		access_off();
		return;
	}
	for (; first <= last; first++)
		access_line(first << SIM_LINE_SHIFT, kind);
}

void uml_sim_relax(void)
{
	struct sim_cpu *cpu = &uml_sim.cpus[uml_sim.me];
	u64 ps = uml_sim.machine.relax_;

	if (uml_sim.in_host)
		return;
	sim_wait_spoil(&cpu->wait);
	sim_pass(cpu->now + ps + ps * sim_draw_jitter() / 1024);
	sim_deliver();
}

/* Parked until something happens that a round sees. */
static void park(struct sim_cpu *cpu)
{
	u64 when = signals_enabled ? cpu->event : SIM_NEVER;

	if (when != SIM_NEVER)
		when = sim_wait_round_at(&cpu->wait, when);
	cpu->parked = true;
	sim_stop_until(when);
	cpu->parked = false;
	cpu->now = sim_order_time(&uml_sim.order, uml_sim.me);
	sim_wait_end(&cpu->wait);
}

void uml_sim_wait(void)
{
	struct sim_cpu *cpu = &uml_sim.cpus[uml_sim.me];
	u64 next = cpu->now + uml_sim.machine.relax_;

	if (uml_sim.in_host)
		return;
	if (uml_sim.on && !uml_sim.all_rounds &&
	    sim_wait_begin(&cpu->wait, uml_sim.me, &uml_sim.machine, next)) {
		cpu->now = next;
		park(cpu);
	} else {
		sim_pass(next);
	}
	/*
	 * In one place for both: a handler's stack begins here, and which lines it takes
	 * depends on where.
	 */
	sim_deliver();
	cpu->wait.n = 0;
}

/* In pieces: an interrupt makes it longer. */
void uml_sim_work(unsigned long ns)
{
	u64 left = (u64)ns * 1000, now, event, piece;

	if (uml_sim.in_host)
		return;
	sim_wait_spoil(&uml_sim.cpus[uml_sim.me].wait);
	while (left) {
		now = uml_sim.cpus[uml_sim.me].now;
		event = uml_sim.cpus[uml_sim.me].event;
		piece = left;
		if (signals_enabled && event < now + piece)
			piece = event > now ? event - now : 0;
		left -= piece;
		sim_pass(now + piece);
		sim_deliver();
	}
}

/* Around a handler of a host signal. */
void sim_enter_host(void)
{
	uml_sim.in_host++;
}

void sim_leave_host(void)
{
	uml_sim.in_host--;
}

void uml_sim_switch(void)
{
	if (!uml_sim.in_host && uml_sim.on)
		uml_sim.cpus[uml_sim.me].now += uml_sim.machine.switch_;
}

long long uml_sim_nsecs(void)
{
	return os_nsecs();
}

void uml_sim_model(int on)
{
	u64 now = uml_sim.cpus[uml_sim.me].now;
	u32 cpu;

	if (uml_sim.on == !!on)
		return;
	/* What waits for a line to change looks itself from now on. */
	uml_sim.on = false;
	for (cpu = 0; cpu < uml_sim.order.n; cpu++)
		if (uml_sim.cpus[cpu].parked)
			sim_order_set(&uml_sim.order, cpu,
				      sim_wait_round_at(&uml_sim.cpus[cpu].wait,
							now));
	sim_pass(now + uml_sim.machine.relax_ * SIM_WAIT_LINES + OFF_PS);
	if (on) {
		now = uml_sim.cpus[uml_sim.me].now;
		uml_sim_work((ON_PS - now % ON_PS) / 1000);
		madvise(uml_sim.lines.table,
			sizeof(struct sim_line) << uml_sim.lines.bits,
			MADV_DONTNEED);
		uml_sim.lines.used = 0;
		uml_sim.epoch++;
		seed_jitter();
	}
	uml_sim.on = on;
}

const char *uml_sim_machine(void)
{
	return machine_text;
}

unsigned long uml_sim_seed(void)
{
	return uml_sim.seed;
}

const char *uml_sim_hash(void)
{
	return SIM_HASH;
}

unsigned long uml_sim_accesses(void)
{
	return uml_sim.accesses;
}
