"""A sandbox of the WeChat platform and a phone in the browser."""
