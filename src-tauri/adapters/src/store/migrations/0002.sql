-- What NEW-1 asks before a sign-in.
ALTER TABLE connection ADD COLUMN second_factor_holder TEXT;
ALTER TABLE connection ADD COLUMN password_rotates INTEGER;

-- Sign-ins on this computer take the loopback at once.
ALTER TABLE connection ADD COLUMN prefers_loopback INTEGER NOT NULL DEFAULT 0;

-- Who did what was waited for, where that was told.
ALTER TABLE open_item ADD COLUMN done_by TEXT;
