/** Step 4: whom to keep, and how often to look. */
import type { ReactElement } from 'react';
import { ScopeFields } from '../ScopeFields.tsx';
import type { Form } from '../useForm.ts';

export function ScopeStep(props: { readonly form: Form }): ReactElement {
  return <ScopeFields form={props.form} />;
}
