"""WeCom: group webhooks and customer-group tasks."""
