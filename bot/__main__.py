"""`python -m bot` is `dingxin`."""

from bot.cli import main

main()
