# result.awk - is a result consistent in itself?
#
# usage: awk -f result.awk summary threads histogram
#
# Checks what the ABI header says of the three files together: sums over the
# threads are the totals, a histogram holds its count, attempts are what they
# are defined to be, keys are there if and only if the lock can make them.
# Prints each contradiction; exit status 1 if there was one.

function wrong(text) { print text; bad = 1 }

# Numbers; "" is none.
function same(what, a, b) {
	if (a "" == "" || b "" == "" || a + 0 != b + 0)
		wrong(sprintf("%s: %.0f and %s", what, a, b))
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

# A time without any operation lies in a gap of every thread. A lower bound; how
# far the truth can be away, its definition says.
function progress_gap(gap,   asked) {
	asked = s["params.duration_ms"] * 1e6
	if (gap > window)
		wrong("progress_gap_ns " gap " is longer than the window")
	if (gap > least_gap)
		wrong("progress_gap_ns " gap " is longer than a thread's own gap " least_gap)
	if (ops == 0)
		same("progress_gap_ns without any operation", gap, window)
	else if (workers == 1 && window < asked * 17 / 16 + 1e7 && gap + asked / 512 < least_gap)
		wrong("progress_gap_ns " gap ", but the only thread's gap is " least_gap)
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
	ops += $col["ops"]
	held += $col["held_ns"]
	if (!workers || $col["longest_gap_ns"] + 0 < least_gap)
		least_gap = $col["longest_gap_ns"] + 0
	blocks += $col["blocks"]
	if (!workers++ || $col["ops"] < least)
		least = $col["ops"]
	if ($col["ops"] > most)
		most = $col["ops"]
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
	lwkt = s["flags"] ~ /(^|,)lwkt(,|$)/
	locks = s["flags"] !~ /(^|,)(unchecked|fails)(,|$)/

	same("schema", s["schema"], 1)
	if (s["lock"] != s["params.lock"])
		wrong("lock " s["lock"] " and params.lock " s["params.lock"])
	same("threads", workers, s["totals.threads"])
	if (wanted("totals.ops", 1))
		same("ops", ops + 0, s["totals.ops"])
	same("useful_ns", useful + 0, s["totals.useful_ns"])
	same("violations", violations + 0, s["totals.violations"])
	same("certificate.violations", s["certificate.violations"], s["totals.violations"])
	same("min_ops", least + 0, s["totals.min_ops"])
	same("max_ops", most + 0, s["totals.max_ops"])
	same("nvcsw", nvcsw + 0, s["totals.nvcsw"])
	same("nivcsw", nivcsw + 0, s["totals.nivcsw"])
	if (cpu_ns > number("totals.cpu_ns"))
		wrong("cpu_ns of the threads " cpu_ns " is more than the total")
	if (number("totals.jain_ops") < 0 || number("totals.jain_ops") > 1)
		wrong("jain_ops " s["totals.jain_ops"])
	cut_short = number("certificate.stopped") || number("certificate.cpu_lost")
	if (number("totals.window_ns") < number("params.duration_ms") * 1e6 && !cut_short)
		wrong("window_ns " s["totals.window_ns"] " is less than duration_ms")

	if (wanted("totals.blocks", number("params.block_ns")))
		same("blocks", blocks + 0, s["totals.blocks"])
	if (wanted("totals.bystander_ops", number("params.bystanders"))) {
		same("bystander_ops", bystander_ops + 0, s["totals.bystander_ops"])
		same("bystanders", bystanders % s["params.bystanders"], 0)
	}
	if (wanted("totals.held_ns", full))
		same("held_ns", held + 0, s["totals.held_ns"])
	window = number("totals.window_ns")
	if (wanted("totals.progress_gap_ns", full))
		progress_gap(number("totals.progress_gap_ns"))
	wanted("totals.resched_delay_ns", 1)
	if (number("totals.resched_delay_ns") > window)
		wrong("resched_delay_ns " s["totals.resched_delay_ns"] " is longer than the window")
	# One is due when the window opens, the others come with the timer.
	wanted("totals.resched_probes", 1)
	if (number("totals.resched_probes") > cpus * (window / 9.9e6 + 2))
		wrong("resched_probes " s["totals.resched_probes"] " are more than the timer can have woken")
	for (name in count)
		if (!full)
			wrong("histogram of " name " with measure=throughput")
	if (wanted("latency.acquire_ns.count", full)) {
		same("latency.acquire_ns.count", s["latency.acquire_ns.count"], s["totals.ops"])
		same("latency.hold_ns.count", s["latency.hold_ns.count"], s["totals.ops"])
		same("histogram acquire_ns", count["acquire_ns"] + 0, s["latency.acquire_ns.count"])
		same("histogram hold_ns", count["hold_ns"] + 0, s["latency.hold_ns.count"])
		same("histogram handoff_ns", count["handoff_ns"] + 0, s["latency.handoff_ns.count"])
		if (number("latency.handoff_ns.count") > ops)
			wrong("more handoffs than operations")
	}

	attempts = ops * s["params.set_size"]
	attempts += number("totals.reacquisitions") + number("totals.attempts_failed")
	if (wanted("totals.attempts", locks))
		same("attempts", s["totals.attempts"], attempts)
	wanted("certificate.maxtokens", lwkt)
	wanted("totals.head_retries", lwkt)
	wanted("totals.scans", lwkt)
	if (wanted("totals.attempts_failed", lwkt)) {
		same("attempts_failed", failed + 0, s["totals.attempts_failed"])
		if (s["lock"] == "token-poll")
			same("head_retries and switches_contended", s["totals.head_retries"],
			     s["totals.switches_contended"])
		for (key in s)
			if (key ~ /^totals\.fail_index\./) {
				by_index += s[key]
				indexes++
			}
		if (indexes)
			same("fail_index", by_index, failed)
	}
	exit bad
}
