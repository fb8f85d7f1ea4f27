"""The official account: the only package, with `bot.wecom`, that imports wechatpy."""
