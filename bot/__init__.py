"""The shell: everything of Dingxin that touches the world."""
