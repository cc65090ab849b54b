/** A framed part of the overview with its heading. */
import { makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useId } from 'react';

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    minWidth: 0,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  /** Beside two columns of the wider kind it fills the row. */
  rest: { '@media (min-width: 2000px)': { gridColumnEnd: 'span 2' } },
  two: { gridColumnEnd: 'span 2', '@media (max-width: 1040px)': { gridColumnEnd: 'span 1' } },
  /** A row of its own, however many columns there are. */
  three: { gridColumn: '1 / -1' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  title: { margin: 0 },
  end: { marginLeft: 'auto' },
});

export function Card(props: {
  readonly title: string;
  /** Columns of three that it takes, where there are three; `rest`: what a row of four has left beside two. */
  readonly wide?: 2 | 3 | 'rest';
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const titleId = useId();
  return (
    <section
      className={mergeClasses(
        styles.card,
        props.wide === 2 && styles.two,
        props.wide === 3 && styles.three,
        props.wide === 'rest' && styles.rest,
      )}
      aria-labelledby={titleId}
    >
      <div className={styles.head}>
        <Subtitle2 as="h3" id={titleId} className={styles.title}>
          {props.title}
        </Subtitle2>
        {props.aside !== undefined && <div className={styles.end}>{props.aside}</div>}
      </div>
      {props.children}
    </section>
  );
}
