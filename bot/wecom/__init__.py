"""WeCom (企业微信): its callback, the staff groups' webhook and the residents' customer groups."""
