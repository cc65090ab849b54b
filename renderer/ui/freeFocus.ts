/** Whether the focus is held by nothing that a person chose: a page that opens may take it then, and only then. */
export function isFocusFree(): boolean {
  const at = document.activeElement;
  return at === null || at === document.body || at.id === 'view' || at.hasAttribute('data-lent');
}
