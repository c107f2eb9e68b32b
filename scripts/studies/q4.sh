# shellcheck shell=bash
#
# q4 - what does it buy, and cost, to become runnable only when the lock is released?
#
# The mail of June 2010: "That is in contrast to sleep locks where you only become runnable
# when a lock you wanted is released." On the scheduler of the tokens there are three
# answers: token-poll, whose waiters stay runnable and try again; token-handoff and lockmgr,
# whose waiters a release makes runnable. The mutex is Linux's answer, on its scheduler.

short 50 10
around --lock=token-poll,token-handoff,lockmgr,mutex --cpus=0-1 --threads-per-cpu=4 "${WINDOW[@]}"
run --lock=token-poll,token-handoff,lockmgr,mutex --cpus=0-1 --threads-per-cpu=1,4,16 --hold-ns=2us \
	--think-ns=2us "${WINDOW[@]}"
run --lock=token-poll,token-handoff,lockmgr --cpus=0-1 --threads-per-cpu=4 --substrate=inline \
	--hold-ns=2us --think-ns=0,2us "${WINDOW[@]}"

claim cpu 'a token that is handed over does 1.5 times the work per CPU time of one that is polled for' \
	'ratio token-handoff / token-poll: efficiency >= 1.5 where threads_per_cpu=4 seed=1 think_ns=0'
claim price 'it costs at most a tenth of the throughput of polling on the same scheduler' \
	'ratio token-handoff / token-poll: ops_per_s >= 0.9 where threads_per_cpu=4'
claim vain 'nearly no wake-up is in vain: less than one in twenty operations' \
	'count token-handoff: futile_wakeups / ops < 0.05'
claim switch 'a sleep lock on the same scheduler pays with a switch for nearly each operation' \
	'count lockmgr: (switches + threads) / ops >= 0.9 where think_ns=0'
claim lockmgr 'so it does less than half of what polling does' \
	'ratio lockmgr / token-poll: ops_per_s < 0.5 where threads_per_cpu=4'
claim linux 'a sleep lock that spins first does at least 0.9 of what polling does, on the scheduler of Linux' \
	'ratio mutex / token-poll: ops_per_s >= 0.9 where threads_per_cpu=4 substrate=kthread'

answer 'A token that a release hands over does {cpu} times the work per CPU time of one that is polled for{cpu?|| (1.5 hangs on {cpu!})|}, at {price} times the throughput{price?, so it costs none|, which is the cost| (what decides: {price!})|, which is undecided}; a plain sleep lock on the same scheduler pays with {switch} switches per operation and does {lockmgr} times what polling does, and the mutex of Linux, which spins before it sleeps, {linux} times.'
picture 'One lock, two CPUs, 2 us inside and 2 us outside' 'threads on each CPU' 'useful work per CPU time' \
	threads_per_cpu efficiency x 'think_ns=2000'
