@echo off
rem Tags the night's incidents: the [assign] sections of the job file beside this script.
rem schtasks /create /tn gridgov /sc daily /st 02:30 /tr "\"C:\path\to\nightly.bat\""
chcp 65001 >nul
rem Unlike cd, pushd can go to a folder on a server.
pushd "%~dp0" || exit /b 1
set PYTHONUTF8=1
set today=
for /f %%d in ('powershell -NoProfile -Command "Get-Date -Format yyyy-MM-dd"') do set today=%%d
@PYTHON@ -m gridgov run "@JOB@" --assign-only >>"nightly-%today%.log" 2>&1
set code=%errorlevel%
popd
exit /b %code%
