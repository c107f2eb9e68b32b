# shellcheck shell=bash
#
# many-cpus - a thread on each CPU wants the same lock: what is left of its throughput?
#
# The mail of June 2010 asks what tokens do under heavy contention. Sections of 1 us,
# without a pause and with 20 us outside. scripts/scaling draws the answer for 1 to 128
# simulated CPUs.

for think in 0 20us; do
	run --lock=tokens,mutex,spinlock,ticket \
		--cpus="0-$(($(nproc) - 1))" --hold-ns=1us --think-ns=$think
done

claim tries 'the tokens of 2010 try in vain more than once per operation' \
	'count token-poll: attempts_failed / ops > 1 where think_ns=0'
claim handoff 'without a pause, a token that is handed over does at least what the mutex does' \
	'ratio token-handoff / mutex: ops_per_s >= 1 where think_ns=0'
claim pause 'with 20 us outside it does less, since its spinners have no queue' \
	'ratio token-handoff / mutex: ops_per_s < 1 where think_ns=20000'
