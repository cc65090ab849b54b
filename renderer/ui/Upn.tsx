/**
 * A user principal name in little room: cut in its middle, so that the beginning of the person and the domain both stay,
 * with the whole on hover. The width decides, not a number of letters, so a name that fits is never cut.
 */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';

const useStyles = makeStyles({
  upn: { display: 'flex', minWidth: 0, maxWidth: '100%', unicodeBidi: 'isolate' },
  part: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  /** The person gives way first, down to some letters; then the domain does. */
  person: { flexGrow: 0, flexShrink: 1_000, minWidth: 'min(11ch, 55%)' },
  domain: { flexGrow: 0, flexShrink: 1, minWidth: 0, color: tokens.colorNeutralForeground2 },
  none: { color: tokens.colorNeutralForeground2 },
});

export function Upn(props: { readonly upn: string | null; readonly className?: string | undefined }): ReactElement {
  const styles = useStyles();
  const { upn, className } = props;
  if (upn === null) return <span className={mergeClasses(styles.none, className)}>–</span>;
  const at = upn.lastIndexOf('@');
  const [person, domain] = at < 0 ? [upn, ''] : [upn.slice(0, at), upn.slice(at)];
  return (
    <span className={mergeClasses(styles.upn, className)} title={upn}>
      <span className={mergeClasses(styles.part, styles.person)}>{person}</span>
      <span className={mergeClasses(styles.part, styles.domain)}>{domain}</span>
    </span>
  );
}
