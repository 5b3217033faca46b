# xcred for xonsh: `xcred use` changes this shell, and every other command is passed to the program.

def _xcred():
    import subprocess
    from xonsh.tools import uncapturable, unthreadable

    def run(words, **streams):
        try:
            return subprocess.run(["xcred", *words], env=__xonsh__.env.detype(), **streams)
        except KeyboardInterrupt:
            return subprocess.CompletedProcess(words, 130, b"")

    @unthreadable
    def xcred(args, stdin=None, stdout=None, stderr=None):
        if "use" in args:
            ended = run(["__evaluated", "xonsh", *args], stdout=subprocess.PIPE)
            if ended.returncode != 0:
                return ended.returncode
            if ended.stdout:
                __xonsh__.execer.exec(ended.stdout.decode(), glbs=__xonsh__.ctx)
                return 0
        return run(args, stdin=stdin, stdout=stdout, stderr=stderr).returncode

    return xcred


aliases["xcred"] = _xcred()
del _xcred
