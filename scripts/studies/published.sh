# shellcheck shell=bash
#
# published - what others published of locks, and the same question here
#
# Each claim is a published result, in its shape and not in its numbers: the machines
# differ. Results that need many CPUs are for the lab "sim" with 48 CPUs, best
# scripts/lab --cpus 48 --machine opteron48; those that need a host, or long windows, for
# the other labs. What a lab cannot show is UNDECIDED there. tokbench-answers(7) has the
# sources, and what cannot be replayed here.

simulated() {
	local n
	short 10 10
	run --lock=ticket,spinlock --cpus=0-3 --cpus=0-11 --cpus=0-47 --hold-ns=100ns --think-ns=4us "${WINDOW[@]}"
	run --lock=spinlock --cpus=0-11 --cpus=0-47 --hold-ns=100ns --think-ns=0 "${WINDOW[@]}"
	run --lock=token-backoff --cpus=0-11 --hold-ns=1us --think-ns=0 --window-shift=4,8,12 "${WINDOW[@]}"
	run --lock=token-sorted,token-backoff --cpus=0-15 --hold-ns=1us --think-ns=0,100 "${WINDOW[@]}"
	run --lock=rwsem,percpu-rwsem --cpus=0-3 --cpus=0-31 --shared-pct=50,100 --hold-ns=100ns --think-ns=0 "${WINDOW[@]}"
	for n in 0,1 0,6 0,24; do
		run --lock=none --cpus=$n --hold-ns=1us --think-ns=0 "${WINDOW[@]}"
	done
}

elsewhere() {
	bench 6
	threads 4 16
	run --lock=ww-wound,ww-die --order=random --locks=100000 --set-size=800 --cpus="$CPUS" --threads-per-cpu="$SHARE" \
		--hold-ns=10us --think-ns=1us --repeats=3
	threads 8
	run --lock=semaphore --cpus="$CPUS" --threads-per-cpu="$SHARE" --groups=hold_ns=10us/hold_ns=1us \
		--hold-ns=0 --think-ns=0 --repeats=3
	short 60 60
	run --lock=mutex,token-handoff --cpus="$CPUS" --threads-per-cpu=1,4 --hold-ns=2us --think-ns=2us "${WINDOW[@]}"
	run --lock=mutex,token-handoff --cpus="$CPUS" --threads-per-cpu=16 --phases=1/4/16/4/1 --hold-ns=30us \
		--think-ns=30us --repeats=6 --duration-ms=300
}

if [ "${TOKBENCH_LAB-}" = sim ]; then simulated; else elsewhere; fi

published h1-fall 'a cliff' 'H1, Boyd-Wickizer et al., OLS 2012, 48 CPUs: a ticket lock does less than half of its best' \
	'ratio ticket[cpus=0-47] / ticket[cpus=0-11]: ops_per_s < 0.5 where think_ns=4000'
published h1-gain '3.5 or more' 'H1: there a queue lock does many times as much' \
	'ratio spinlock / ticket: ops_per_s >= 3.5 where cpus=0-47 think_ns=4000'
published h2 '0.90 (72 against 36 threads)' 'H2, CNA, 2019: the queued spinlock does less once it leaves a socket' \
	'ratio spinlock[cpus=0-47] / spinlock[cpus=0-11]: ops_per_s < 1 where think_ns=0'
published h3-more '2.18 against 1.14' 'H3, CNA: a longer window for those who have the lock raises throughput; here the slots of token-backoff' \
	'ratio token-backoff[window_shift=12] / token-backoff[window_shift=4]: ops_per_s > 1'
published h3-fair 'less fair' 'H3: and lowers fairness' \
	'ratio token-backoff[window_shift=12] / token-backoff[window_shift=4]: jain_ops < 1'
published h4-few '100 against 150,000' 'H4, wound-wait, 2018: 800 of 100,000 locks, 4 threads: it begins anew a tenth as often as wait-die, or less' \
	'count ww-wound / ww-die: restarts / ops <= 0.1 where locks=100000 threads_per_cpu=2'
published h4-many '360,000 against 450,000' 'H4: with 16 threads still less often' \
	'count ww-wound / ww-die: restarts / ops < 1 where locks=100000 threads_per_cpu=8'
published h5 '0.599' 'H5, SCL, EuroSys 2020: sections of 10 to 1, turns in order of arrival: Jain of the time held' \
	'count semaphore: jain_hold_nominal >= 0.569 where locks=1' 'count semaphore: jain_hold_nominal <= 0.629 where locks=1'
published h6 '0.18 (32 against 4 threads)' 'H6, rwsem, W. Long: half readers, half writers: with 32 CPUs less than half of what 4 do' \
	'ratio rwsem[cpus=0-31] / rwsem[cpus=0-3]: ops_per_s < 0.5 where shared_pct=50'
published h7-flat 'flat, or it falls' 'H7, BRAVO, ATC 2019: readers only, of a rwsem: 32 CPUs do no more than 4' \
	'ratio rwsem[cpus=0-31] / rwsem[cpus=0-3]: ops_per_s <= 1 where shared_pct=100'
published h7-rise 'in proportion' 'H7: where each CPU counts its own, 32 do seven times as much or more' \
	'ratio percpu-rwsem[cpus=0-31] / percpu-rwsem[cpus=0-3]: ops_per_s >= 7 where shared_pct=100'
published h8 'it stays slow' 'H8, golang/go 33747: after a burst of threads a mutex does less than 0.9 of what it did before' \
	'time mutex: phases.3.ops / phases.1.ops < 0.9 where phases=1/4/16/4/1'
published h9 'a fall' 'H9, Malthusian locks, EuroSys 2017: four threads per CPU do less than one' \
	'ratio mutex[threads_per_cpu=4] / mutex[threads_per_cpu=1]: ops_per_s < 1 where think_ns=2000' \
	'ratio token-handoff[threads_per_cpu=4] / token-handoff[threads_per_cpu=1]: ops_per_s < 1 where think_ns=2000'
published h10-backoff 'it helps' 'H10, DragonFly, 2018: exponential backoff raises throughput; against the generation before' \
	'ratio token-backoff / token-sorted: ops_per_s > 1 where cpus=0-15'
published h10-alone 'little more' 'H10, DragonFly, 2006: a token costs little more than a spinlock, less than 1.5 times as much' \
	'ratio token-poll / spinlock: pair_ns < 1.5 where again=0'
published h11 'ordered by distance' 'H11, SOSP 2013: a cache line takes longer to another die, and longer still to another socket' \
	'ratio none[cpus=0,6] / none[cpus=0-1]: certificate.line_ns > 1' 'ratio none[cpus=0,24] / none[cpus=0,6]: certificate.line_ns > 1'
