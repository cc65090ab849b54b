/** Version 5: sign-in of a person, and when a credential ends. No token and no secret stands here. Frozen once released. */
export const version = 5;

export const sql = `
ALTER TABLE connection ADD COLUMN credential_expires INTEGER;   -- null: nobody said
ALTER TABLE connection ADD COLUMN sign_in_account TEXT;         -- user principal name of who signed in last
ALTER TABLE connection ADD COLUMN sign_in_permissions TEXT;     -- delegated permissions with spaces; null: an application
ALTER TABLE connection ADD COLUMN sign_in_kept TEXT;            -- keychain | session; null: nobody is signed in
ALTER TABLE connection ADD COLUMN sign_in_needed TEXT;          -- why the person has to sign in again, in words
`;
