@echo off
rem The command line of the installed Riskdesk. A batch file waits for the program, which a prompt would not do for a
rem program with a window; its exit code is handed on.
setlocal
if not exist "%~dp0Riskdesk.exe" (
  echo riskdesk-cli: Riskdesk.exe is not beside this file in %~dp0. Install Riskdesk again. 1>&2
  exit /b 127
)
"%~dp0Riskdesk.exe" --cli %*
exit /b %ERRORLEVEL%
