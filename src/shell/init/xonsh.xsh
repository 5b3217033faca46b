# xcred for xonsh: `xcred use` changes this shell, and every other command is passed to the program.

@aliases.register("xcred")
@aliases.return_command
def _xcred(args):
    import shutil
    import subprocess

    environment = __xonsh__.env.detype()
    program = shutil.which("xcred", path=environment.get("PATH"))
    if program is None:
        return ["env", "xcred", *args]
    if "use" in args:
        ended = subprocess.run(
            [program, "__evaluated", "xonsh", *args], env=environment, stdout=subprocess.PIPE
        )
        if ended.returncode != 0:
            return [program, "__ended", str(ended.returncode)]
        if ended.stdout:
            __xonsh__.execer.exec(ended.stdout.decode(), glbs=__xonsh__.ctx)
            return [program, "__ended", "0"]
    return [program, *args]


del _xcred
