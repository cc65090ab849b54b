/**
 * The words that people's names are made of, and the few names that break software: nulls aside, these are the emoji,
 * quotes, right-to-left text and spreadsheet formulas that real directories hold. Only data.
 */

export const givenNames: readonly [string, ...string[]] = [
  'Adele', 'Alex', 'Amina', 'Anna', 'Aoife', 'Arjun', 'Beatriz', 'Ben', 'Carlos', 'Chen', 'Chloé', 'Daniel', 'Diego',
  'Elena', 'Emre', 'Erik', 'Fatima', 'François', 'Grace', 'Hana', 'Ines', 'Isaiah', 'Ivan', 'Jasmin', 'Joni', 'José',
  'Kenji', 'Lara', 'Lee', 'Lidia', 'Łukasz', 'Lynne', 'Mads', 'Maria', 'Megan', 'Miriam', 'Nestor', 'Noor', 'Olu',
  'Patti', 'Pradeep', 'Quinn', 'Rosa', 'Sara', 'Søren', 'Sunita', 'Tomás', 'Ulla', 'Victor', 'Wei', 'Xenia', 'Yara',
  'Zoë', 'Zeynep',
]; // biome-ignore format: a word list reads better packed

export const familyNames: readonly [string, ...string[]] = [
  'Abe', 'Adeyemi', 'Almeida', 'Andersson', 'Bowen', 'Brunner', 'Castro', 'Chang', 'Dubois', 'Eriksen', 'Fernández',
  'Fischer', 'García', 'Gerber', 'Grosso', 'Haddad', 'Hansen', 'Hughes', 'Ito', 'Ivanova', 'Jensen', 'Johansson',
  'Kaya', 'Khan', 'Kowalski', 'Langer', 'Lopes', 'MacDonald', 'Meyer', 'Müller', 'Nakamura', 'Nguyen', "O'Brien",
  'Okafor', 'Olsen', 'Patel', 'Pereira', 'Petrov', 'Quiroga', 'Raman', 'Rossi', 'Sato', 'Schmidt', 'Sherman', 'Silva',
  'Singh', 'Tan', 'Thompson', 'Ueda', 'Vance', 'van der Berg', 'Wagner', 'Wilber', 'Yilmaz', 'Young', 'Zhang',
]; // biome-ignore format: a word list reads better packed

export const oddNames: readonly [string, ...string[]] = [
  'Rosa 🌹 Ortiz',
  '👩🏽‍💻 Priya N.',
  'Dwayne "The Rock" O\'Neil',
  'Back\\slash Bill',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://example.com","click")',
  '+1+1',
  '-2+3 Contractor',
  '@SUM(1,2)',
  '李 小龙',
  'محمد العربي',
  'Tab\tTed',
  '<b>Bold Bob</b>',
  "Robert'); DROP TABLE users;--",
  '  Leading Space',
  'N\u0303on\u0303o Combining',
];

export const domains: readonly [string, ...string[]] = [
  'contoso.com',
  'contoso.com',
  'contoso.com',
  'emea.contoso.com',
  'contoso.onmicrosoft.com',
];

export const partnerDomains: readonly [string, ...string[]] = ['fabrikam.com', 'northwind.example', 'gmail.com'];
