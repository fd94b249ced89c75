@echo off
rem Double-click: the desk opens in the browser and stays open as long as this window.
cd /d "%~dp0"
sunshine desk --open
if errorlevel 1 pause
