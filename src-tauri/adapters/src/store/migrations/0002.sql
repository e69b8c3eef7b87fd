-- What NEW-1 asks before a sign-in.
ALTER TABLE connection ADD COLUMN second_factor_holder TEXT;
ALTER TABLE connection ADD COLUMN password_rotates INTEGER;

-- Sign-ins on this computer take the loopback at once.
ALTER TABLE connection ADD COLUMN prefers_loopback INTEGER NOT NULL DEFAULT 0;

-- Who did what was waited for, where that was told.
ALTER TABLE open_item ADD COLUMN done_by TEXT;

-- Since when something is waited for, and when the person asked for it. The first message to Support and a missing company
-- were never noted by the program itself.
ALTER TABLE open_item RENAME COLUMN asked_at TO since;
ALTER TABLE open_item ADD COLUMN asked_at TEXT;
UPDATE open_item SET asked_at = since WHERE item IN ('support-contact', 'company-not-listed');

-- A test of an organization that was chosen before another one.
ALTER TABLE report ADD COLUMN of_earlier_organization INTEGER NOT NULL DEFAULT 0;
