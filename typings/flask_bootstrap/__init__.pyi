"""What we call of Bootstrap-Flask, which is published without type information."""

from flask import Flask

class Bootstrap5:
    def __init__(self, app: Flask) -> None: ...
