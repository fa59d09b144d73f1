#!/bin/sh
# Tags the night's incidents: the [assign] sections of the job file beside this script.
# 每夜事件归格：运行本脚本旁作业文件中的 [assign] 各节。
# crontab -e:  30 2 * * * '/path/to/nightly.sh'
cd "$(dirname "$0")" || exit 1
log="nightly-$(date +%Y-%m-%d).log"
# One night at a time: a run that is still going on is not disturbed.
if command -v flock >/dev/null 2>&1; then
    exec 9>.nightly.lock
    flock -n 9 || { echo "$(date): the last run is still going on" >>"$log"; exit 5; }
fi
PYTHONUTF8=1 @PYTHON@ -m gridgov run @JOB@ --assign-only >>"$log" 2>&1
code=$?
# cron sends a mail with what is said here.
[ "$code" -eq 0 ] || echo "gridgov ended with exit code $code: see $(pwd)/$log" >&2
exit "$code"
