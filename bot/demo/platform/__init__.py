"""A sandbox of the WeChat and WeCom platforms: real paths, real rules, state in memory."""
