"""The staff's pages under /console/: server-rendered, in Chinese, for a phone as for a desk."""
