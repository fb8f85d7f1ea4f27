"""What we call of wechatpy 2.0.0a26, which is published without types."""
