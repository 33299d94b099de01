"""Attachments: accepted by content, named, stored outside static, served as downloads."""
