/** A button that sends something to Microsoft Graph. Where that is refused it stays in reach and says why. */
import { Button, type ButtonProps, Tooltip } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { useRefusal } from '../refusal.ts';

export function SendButton(props: {
  readonly onSend: () => void;
  readonly children: ReactNode;
  /** Another reason why it cannot be pressed yet. */
  readonly notYet?: string | null;
  readonly busy?: boolean;
  readonly appearance?: ButtonProps['appearance'];
  readonly icon?: ReactElement;
  readonly size?: ButtonProps['size'];
}): ReactElement {
  const refusal = useRefusal();
  const why = refusal?.text ?? props.notYet ?? null;
  const button = (
    <Button
      appearance={props.appearance ?? 'primary'}
      size={props.size ?? 'medium'}
      {...(props.icon === undefined ? {} : { icon: props.icon })}
      disabledFocusable={why !== null || props.busy === true}
      onClick={props.onSend}
    >
      {props.children}
    </Button>
  );
  if (why === null) return button;
  return (
    <Tooltip relationship="description" positioning="below-start" content={why}>
      {button}
    </Tooltip>
  );
}
