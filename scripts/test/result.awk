# result.awk - is a result consistent in itself?
#
# usage: awk -f result.awk summary threads histogram
#
# Checks what the ABI header says of the three files together: sums over the
# threads are the totals, a histogram holds its count, attempts are what they
# are defined to be, keys are there if and only if the lock and the workload can
# make them. Prints each contradiction; exit status 1 if there was one.

function wrong(text) { print text; bad = 1 }

# Numbers; "" is none.
function same(what, a, b) {
	if (a "" == "" || b "" == "" || a + 0 != b + 0)
		wrong(sprintf("%s: %.0f and %s", what, a, b))
}

# A fraction with six decimals at most, and what it was made of.
function near(what, a, b) {
	if (a "" == "" || a - b > 0.000002 || b - a > 0.000002)
		wrong(sprintf("%s: %s, but it is %.7f", what, a, b))
}

function at_most(what, a, most) {
	if (a + 0 > most + 0)
		wrong(sprintf("%s: %.0f, but at most %.0f", what, a, most))
}

# A counter that some locks do not have.
function number(key) { return key in s ? s[key] + 0 : 0 }

# True if the key must be there; says so if that is not what is.
function wanted(key, yes) {
	if (yes && !(key in s))
		wrong("no " key)
	if (!yes && (key in s))
		wrong(key " has no business here")
	return yes
}

function ratio(a, b) { return b ? a / b : 0 }

function flag(name) { return s["flags"] ~ "(^|,)" name "(,|$)" }

# A time without any operation lies in a gap of every thread. A lower bound; how
# far the truth can be away, its definition says.
function progress_gap(gap,   asked) {
	asked = s["params.duration_ms"] * 1e6
	if (gap > window)
		wrong("progress_gap_ns " gap " is longer than the window")
	# A thread has no gap while it takes no part.
	if (gap > least_gap && s["params.phases"] == "")
		wrong("progress_gap_ns " gap " is longer than a thread's own gap " least_gap)
	if (ops == 0)
		same("progress_gap_ns without any operation", gap, window)
	else if (workers == 1 && window < asked * 17 / 16 + 1e7 && gap + asked / 512 < least_gap)
		wrong("progress_gap_ns " gap ", but the only thread's gap is " least_gap)
}

# Jain's index over the numbers each[1] .. each[workers].
function jain(each,   i, sum, squares) {
	for (i = 1; i <= workers; i++) {
		sum += each[i]
		squares += each[i] * each[i]
	}
	return ratio(sum * sum, workers * squares)
}

function fairness() {
	near("jain_ops", s["totals.jain_ops"], jain(each_ops))
	near("jain_hold_nominal", s["totals.jain_hold_nominal"], jain(each_nominal))
	same("min_ops", least + 0, s["totals.min_ops"])
	same("max_ops", most + 0, s["totals.max_ops"])
	if (wanted("totals.jain_hold", full))
		near("jain_hold", s["totals.jain_hold"], jain(each_held))
}

# An index over pieces of the window: between one thread takes all and all alike.
function of_pieces(of,   mean, least, top) {
	mean = number("totals.fair_jain_" of)
	least = number("totals.fair_jain_" of "_min")
	top = number("totals.fair_top_half_" of)
	if (least + 0.000002 < 1 / workers || least > mean || mean > 1)
		wrong(sprintf("fair_jain_%s: %s, least %s, of %d threads", of, mean, least, workers))
	if (top < 0.5 || top > 1)
		wrong("fair_top_half_" of " " top)
}

# The length of a piece is made as its definition says.
function short_term(   piece, asked, whole) {
	asked = s["params.fair_window_ms"] * 1e6
	for (piece = 1; piece < asked || int(s["params.duration_ms"] * 1e6 / piece) > 60;)
		piece *= 2
	whole = int(window / piece)
	if (!wanted("totals.fair_window_ns", full && asked && whole > 0))
		return
	same("fair_window_ns", piece, s["totals.fair_window_ns"])
	same("pieces of the window", whole > 60 ? 60 : whole,
		s["totals.fair_pieces"] + s["totals.fair_idle_pieces"])
	if (wanted("totals.fair_jain_ops", s["totals.fair_pieces"] > 0))
		of_pieces("ops")
	if ("totals.fair_jain_hold" in s)
		of_pieces("hold")
	if (workers == 1 && s["totals.fair_pieces"] > 0)
		near("fair_jain_ops of one thread", s["totals.fair_jain_ops"], 1)
}

# What the operations asked for, if each asked for the same.
function busy(   hold, think) {
	hold = s["params.hold_ns"]
	think = s["params.think_ns"]
	same("nominal_held_ns", nominal + 0, s["totals.nominal_held_ns"])
	if (grouped)
		return
	if (hold + 0 == 0 || s["params.hold_dist"] == "const")
		same("hold_ns of each operation", s["totals.nominal_held_ns"], ops * hold)
	if (think + 0 == 0 || s["params.think_dist"] == "const")
		same("think_ns of each operation", worked - s["totals.nominal_held_ns"], ops * think)
}

# The bound on the operations, from its definition; it is rounded down.
function ideal(   hold, think, bound, by_locks, excl) {
	if (grouped)
		return
	hold = s["params.hold_ns"] + 0
	think = s["params.think_ns"] + 0
	# Touching lines is work, too, but of no known time: there is no bound.
	if (!wanted("totals.ideal_ops", hold + think))
		return
	bound = cpus * window / (hold + think)
	excl = s["params.set_size"] * hold * (100 - s["params.shared_pct"]) / 100
	by_locks = excl ? s["params.locks"] * window / excl : bound
	bound = by_locks < bound ? by_locks : bound
	if (number("totals.ideal_ops") > bound + 1 || number("totals.ideal_ops") < bound - 1)
		wrong(sprintf("ideal_ops: %s, but it is %.1f", s["totals.ideal_ops"], bound))
}

# Of each thread's operations, which follow each other, every n-th slept.
function blocking(   i, every) {
	every = s["params.block_every"]
	if (!wanted("totals.blocks", number("params.block_ns")))
		return
	same("blocks", blocks + 0, s["totals.blocks"])
	for (i = 1; i <= workers; i++)
		if (each_blocks[i] * every >= each_ops[i] + every ||
		    each_blocks[i] * every <= each_ops[i] - every)
			wrong("blocks: " each_blocks[i] " of " each_ops[i] ", every " every)
}

function sharing(   n) {
	mixed = number("params.shared_pct") > 0
	for (n = 1; ("groups." n ".shared_pct") in s; n++)
		mixed = mixed || number("groups." n ".shared_pct") > 0
	if (!wanted("totals.shared_ops", mixed)) {
		same("shared_ops", shared + 0, 0)
		return
	}
	same("shared_ops", shared + 0, s["totals.shared_ops"])
	at_most("shared_ops", shared, ops)
	if (number("params.shared_pct") == 100 && !grouped)
		same("shared_ops, all", shared, ops)
	same("handoffs where readers are", number("latency.handoff_ns.count"), 0)
}

# How long an ordinary task waits.
function probes(   period) {
	period = full ? s["params.probe_us"] * 1000 : 0
	wanted("totals.resched_delay_ns", period)
	if (number("totals.resched_delay_ns") > window)
		wrong("resched_delay_ns " s["totals.resched_delay_ns"] " is longer than the window")
	# One is due when the window opens, the others come with the timer.
	if (wanted("totals.resched_probes", period) &&
	    number("totals.resched_probes") > cpus * (window / period + 2))
		wrong("resched_probes " s["totals.resched_probes"] " are more than the timer can have woken")
}

# What the window's end found unfinished: a wait of each thread at most, which
# began after the warm-up did.
function waiting() {
	wanted("totals.waiting_left", full && !open)
	if (!wanted("totals.waiting_oldest_ns", full && !open))
		return
	at_most("waiting_left", s["totals.waiting_left"], workers)
	if ((number("totals.waiting_left") > 0) != (number("totals.waiting_oldest_ns") > 0))
		wrong("waiting_left " s["totals.waiting_left"] ", waiting_oldest_ns " s["totals.waiting_oldest_ns"])
}

# What arrived was done, was refused, or waits; each thread may besides have one
# in its hands, at both ends of the window.
function open_loop(   left, slack) {
	open = number("params.rate") > 0
	wanted("totals.arrivals", open)
	wanted("totals.queue_peak", open)
	wanted("totals.queue_left", open)
	wanted("totals.queue_oldest_ns", open)
	if (!wanted("totals.refused", open))
		return
	left = s["totals.arrivals"] - s["totals.refused"] - ops
	slack = workers * (s["totals.queue_peak"] + 2)
	if (left > slack || left < -slack)
		wrong("arrivals " s["totals.arrivals"] ", refused " s["totals.refused"] ", ops " ops)
	at_most("refused", number("totals.refused"), s["totals.arrivals"])
	# Those that waited when the window opened come on top of the arrivals.
	at_most("arrivals", s["totals.arrivals"], ops + s["totals.refused"] + s["totals.queue_left"])
	at_most("queue_left", s["totals.queue_left"], workers * (s["params.queue_max"] + 1))
	at_most("queue_peak", number("totals.queue_peak"), s["params.queue_max"])
	if (number("totals.refused") > 0)
		same("queue_peak with refusals", s["totals.queue_peak"], s["params.queue_max"])
}

function latencies(   other) {
	wanted("latency.response_ns.count", full && open)
	wanted("latency.handoff_ns.count", full && !open)
	if (!wanted("latency.acquire_ns.count", full))
		return
	other = open ? "response_ns" : "handoff_ns"
	same("latency.acquire_ns.count", s["latency.acquire_ns.count"], ops)
	same("latency.hold_ns.count", s["latency.hold_ns.count"], ops)
	same("histogram acquire_ns", count["acquire_ns"] + 0, s["latency.acquire_ns.count"])
	same("histogram hold_ns", count["hold_ns"] + 0, s["latency.hold_ns.count"])
	same("histogram " other, count[other] + 0, s["latency." other ".count"])
	if (!open) {
		at_most("handoffs", number("latency.handoff_ns.count"), ops)
		return
	}
	# An operation begins when it arrived, at the latest when it asks.
	same("latency.response_ns.count", s["latency.response_ns.count"], ops)
	at_most("longest acquire_ns", number("latency.acquire_ns.max"), number("latency.response_ns.max"))
	at_most("longest hold_ns", number("latency.hold_ns.max"), number("latency.response_ns.max"))
	at_most("mean acquire_ns + hold_ns", number("latency.acquire_ns.mean") + number("latency.hold_ns.mean"),
		number("latency.response_ns.mean") + 1)
}

# One group, out of its threads.
function group(n,   key) {
	key = "groups." n "."
	same(key "threads", g_threads[n] + 0, s[key "threads"])
	same(key "ops", g_ops[n] + 0, s[key "ops"])
	same(key "nominal_held_ns", g_nominal[n] + 0, s[key "nominal_held_ns"])
	near(key "ops_share", s[key "ops_share"], ratio(g_ops[n], ops))
	near(key "nominal_hold_share", s[key "nominal_hold_share"], ratio(g_nominal[n], nominal))
	if (s["params.hold_dist"] == "const")
		same(key "hold_ns of each operation", g_nominal[n] + 0, g_ops[n] * s[key "hold_ns"])
	if (s["params.hold_dist"] == "const" && s["params.think_dist"] == "const")
		same(key "useful_ns", g_useful[n] + 0, g_ops[n] * (s[key "hold_ns"] + s[key "think_ns"]))
	if (s[key "shared_pct"] % 100 == 0)
		same(key "shared operations", g_shared[n] + 0, g_ops[n] * s[key "shared_pct"] / 100)
	wanted(key "acquire_p50_ns", full)
	wanted(key "acquire_p99_ns", full)
	wanted(key "longest_gap_ns", full)
	wanted(key "hold_share", full)
	wanted(key "acquire_max_ns", full)
	if (!wanted(key "held_ns", full))
		return
	same(key "held_ns", g_held[n] + 0, s[key "held_ns"])
	near(key "hold_share", s[key "hold_share"], ratio(g_held[n], held))
	same(key "longest_gap_ns", g_gap[n] + 0, s[key "longest_gap_ns"])
	same(key "acquire_max_ns", g_acquire[n] + 0, s[key "acquire_max_ns"])
	at_most(key "acquire_p50_ns", s[key "acquire_p50_ns"] + 0, s[key "acquire_p99_ns"] + 0)
	at_most(key "acquire_p99_ns", s[key "acquire_p99_ns"] + 0, s[key "acquire_max_ns"] + 0)
}

function groups(   n, i, asked, word) {
	grouped = s["params.groups"] != ""
	n = split(s["params.groups"], asked, "/")
	wanted("groups." (n + 1) ".threads", 0)
	if ((0 in g_threads) == grouped)
		wrong("threads without a group: " g_threads[0] + 0)
	for (i = 1; i <= n; i++) {
		split("threads hold_ns think_ns shared_pct nice ops ops_share nominal_held_ns nominal_hold_share", word, " ")
		for (w in word)
			wanted("groups." i "." word[w], 1)
		group(i)
	}
}

# The parts of the window, one after the other, are the window.
function phases(   n, i, asked, sum, length_ns) {
	if (s["params.phases"] == "") {
		wanted("phases.1.ops", 0)
		return
	}
	n = split(s["params.phases"], asked, "/")
	for (i = 1; i <= n; i++) {
		same("phases." i ".threads_per_cpu", s["phases." i ".threads_per_cpu"], asked[i])
		wanted("phases." i ".ops", 1)
		wanted("phases." i ".window_ns", 1)
		sum += s["phases." i ".ops"]
		length_ns += s["phases." i ".window_ns"]
	}
	wanted("phases." (n + 1) ".ops", 0)
	same("ops of the phases", sum, ops)
	same("window_ns of the phases", length_ns, window)
}

# Failed attempts by what was held then; the last number means "or more".
function ledger(   key, n, by_index, undone, last) {
	for (key in s) {
		if (key !~ /^totals\.fail_index\./)
			continue
		n = substr(key, 19) + 0
		by_index += s[key]
		undone += s[key] * n
		last = n > last ? n : last
	}
	wanted("totals.restarts", flag("restarts"))
	wanted("totals.tokens_undone", lwkt || flag("restarts"))
	if (!wanted("totals.attempts_failed", lwkt || flag("restarts"))) {
		same("fail_index", by_index + 0, 0)
		return
	}
	same("attempts_failed", failed + 0, s["totals.attempts_failed"])
	if (flag("drops") || !lwkt)
		same("fail_index", by_index + 0, failed)
	at_most("locks held at a failure", last, s["params.set_size"] - 1)
	if (lwkt)
		return
	at_most("tokens_undone, by fail_index", undone, number("totals.tokens_undone"))
	if (last < 32)
		same("tokens_undone, by fail_index", undone + 0, s["totals.tokens_undone"])
	at_most("restarts", number("totals.restarts"), failed)
}

function on_lwkt() {
	wanted("certificate.maxtokens", lwkt)
	wanted("totals.head_retries", lwkt)
	wanted("totals.scans", lwkt)
	wanted("totals.stale", lwkt)
	if (s["lock"] == "token-poll")
		same("head_retries and switches_contended", s["totals.head_retries"],
		     s["totals.switches_contended"])
}

FNR == 1 { file++ }

file == 1 {
	key = $1
	sub(/^[^ ]+ ?/, "")
	if (key != "reason" && key in s)
		wrong("twice: " key)
	s[key] = $0
	next
}

file == 2 && FNR == 1 {
	for (i = 1; i <= NF; i++)
		col[$i] = i
	columns = NF
	next
}

file == 2 {
	if (NF != columns)
		wrong("threads: line " FNR " has " NF " fields, not " columns)
	same("threads: number", $col["thread"], rows++)
	useful += $col["useful_ns"]
	violations += $col["violations"]
	cpu_ns += $col["cpu_ns"]
	if (!($col["cpu"] in cpus_seen)) {
		cpus_seen[$col["cpu"]]
		cpus++
	}
	nvcsw += $col["nvcsw"]
	nivcsw += $col["nivcsw"]
	if ("attempts_failed" in col)
		failed += $col["attempts_failed"]
	if ($col["role"] == "bystander") {
		bystander_ops += $col["ops"]
		bystanders++
		next
	}
	workers++
	ops += each_ops[workers] = $col["ops"]
	held += each_held[workers] = $col["held_ns"]
	nominal += each_nominal[workers] = $col["nominal_held_ns"]
	blocks += each_blocks[workers] = $col["blocks"]
	worked += $col["useful_ns"]
	shared += $col["shared_ops"]
	if (workers == 1 || $col["longest_gap_ns"] + 0 < least_gap)
		least_gap = $col["longest_gap_ns"] + 0
	if ($col["longest_gap_ns"] + 0 > longest_gap)
		longest_gap = $col["longest_gap_ns"] + 0
	if (workers == 1 || $col["ops"] < least)
		least = $col["ops"]
	if ($col["ops"] > most)
		most = $col["ops"]

	g = $col["group"]
	g_threads[g]++
	g_ops[g] += $col["ops"]
	g_nominal[g] += $col["nominal_held_ns"]
	g_useful[g] += $col["useful_ns"]
	g_held[g] += $col["held_ns"]
	g_shared[g] += $col["shared_ops"]
	if ($col["longest_gap_ns"] + 0 > g_gap[g] + 0)
		g_gap[g] = $col["longest_gap_ns"]
	if ($col["acquire_max_ns"] + 0 > g_acquire[g] + 0)
		g_acquire[g] = $col["acquire_max_ns"]
	next
}

file == 3 && FNR > 1 {
	if ($3 <= $2)
		wrong("histogram: empty bucket " $0)
	if ($1 == last && $2 < upper)
		wrong("histogram: buckets overlap at " $0)
	last = $1
	upper = $3
	count[$1] += $4
}

END {
	full = s["params.measure"] == "full"
	lwkt = flag("lwkt")
	locks = !flag("unchecked") && !flag("fails")
	window = number("totals.window_ns")

	same("schema", s["schema"], 1)
	if (s["lock"] != s["params.lock"])
		wrong("lock " s["lock"] " and params.lock " s["params.lock"])
	same("threads", workers, s["totals.threads"])
	if (wanted("totals.ops", 1))
		same("ops", ops + 0, s["totals.ops"])
	same("useful_ns", useful + 0, s["totals.useful_ns"])
	same("violations", violations + 0, s["totals.violations"])
	same("certificate.violations", s["certificate.violations"], s["totals.violations"])
	if (wanted("totals.nvcsw", s["params.substrate"] == "kthread"))
		same("nvcsw", nvcsw + 0, s["totals.nvcsw"])
	if (wanted("totals.nivcsw", s["params.substrate"] == "kthread"))
		same("nivcsw", nivcsw + 0, s["totals.nivcsw"])
	if (cpu_ns > number("totals.cpu_ns"))
		wrong("cpu_ns of the threads " cpu_ns " is more than the total")
	cut_short = number("certificate.stopped") || number("certificate.cpu_lost")
	if (window < number("params.duration_ms") * 1e6 && !cut_short)
		wrong("window_ns " window " is less than duration_ms")
	if (s["certificate.set_order"] != (flag("ordered") ? "same" : s["params.order"]))
		wrong("set_order " s["certificate.set_order"])
	if (wanted("certificate.stream_errors", 1) && number("certificate.stream_errors") > 0)
		wrong("stream_errors " s["certificate.stream_errors"])

	wanted("certificate.clock_back", full)

	# Of what else ran there is an account as soon as there was a window.
	if (window > 0) {
		wanted("certificate.other_ns", s["certificate.hypervisor"] != "sim")
		wanted("certificate.irq_ns", s["certificate.hypervisor"] != "sim")
		wanted("certificate.pause_ns", 1)
	}
	if (wanted("certificate.fault", 1) && s["certificate.fault"] != s["params.fault"])
		wrong("fault " s["certificate.fault"])

	groups()
	phases()
	fairness()
	short_term()
	busy()
	ideal()
	blocking()
	sharing()
	open_loop()
	waiting()
	if (wanted("totals.bystander_ops", number("params.bystanders"))) {
		same("bystander_ops", bystander_ops + 0, s["totals.bystander_ops"])
		same("bystanders", bystanders % s["params.bystanders"], 0)
	}
	if (wanted("totals.held_ns", full))
		same("held_ns", held + 0, s["totals.held_ns"])
	if (wanted("totals.longest_gap_ns", full))
		same("longest_gap_ns", longest_gap + 0, s["totals.longest_gap_ns"])
	if (wanted("totals.progress_gap_ns", full))
		progress_gap(number("totals.progress_gap_ns"))
	probes()
	for (name in count)
		if (!full)
			wrong("histogram of " name " with measure=throughput")
	latencies()

	# One mutex stands for the whole set.
	attempts = ops * (s["lock"] == "mutex-big" ? 1 : s["params.set_size"])
	attempts += number("totals.reacquisitions") + number("totals.attempts_failed")
	if (wanted("totals.attempts", locks))
		same("attempts", s["totals.attempts"], attempts)
	on_lwkt()
	ledger()
	exit bad
}
