# shellcheck shell=bash
#
# shared - readers and writers: none, half, nine in ten, all shared
#
# Tokens have a shared mode since 2011. Beside them Linux's two: rwsem, whose readers
# all count on one cache line, and percpu-rwsem, where a reader touches only its own
# CPU's and a writer has to wait for a grace period of RCU.

run --lock=token-sorted,token-backoff,rwsem,percpu-rwsem --shared-pct=0,50,90,100 \
	--threads-per-cpu=2 --hold-ns=2us --think-ns=2us

note <<'END'
With shared_pct=100 nobody has to wait for anybody; 50 and 90, against that, show what
writers cost the readers.
END

claim free 'where all share, no token is asked for in vain' \
	'count token-sorted,token-backoff: attempts_failed == 0 where shared_pct=100'
claim writers 'with one writer in ten some are' 'count token-sorted,token-backoff: attempts_failed > 0 where shared_pct=90'
claim readers 'where all share, a rwsem of which each CPU counts its own readers does at least what the other one does' \
	'ratio percpu-rwsem / rwsem: ops_per_s >= 1 where shared_pct=100'
claim grace 'with one writer in two, who waits for a grace period, it does less than a tenth' \
	'ratio percpu-rwsem / rwsem: ops_per_s < 0.1 where shared_pct=50'
