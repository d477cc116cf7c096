@rem npm runs its scripts in cmd here, which has no `exec`. In package.json it keeps a shell from standing between npm and the server, where signals and the exit code would be lost.
@%*
