"""What bodies contributed and is listed: guidance, assistance, cooperation, contacts, visits."""
