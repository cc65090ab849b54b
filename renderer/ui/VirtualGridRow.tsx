// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by transforms, which elements of a table do not take
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
/** One row of a grid; drawn again only when something in it changed. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckboxCheckedFilled, CheckboxUncheckedRegular } from '@fluentui/react-icons';
import { memo, type ReactElement, type ReactNode } from 'react';
import { useLanguage } from '../i18n/i18n.ts';
import { useTheme } from './themeState.ts';
import type { HeadColumn } from './VirtualGridHeader.tsx';

export type GridColumn<Row> = HeadColumn & {
  /** Its share of the room that is left. */
  readonly grow?: number | undefined;
  readonly render: (row: Row) => ReactNode;
};

const useStyles = makeStyles({
  row: {
    display: 'grid',
    position: 'absolute',
    left: 0,
    top: 0,
    width: '100%',
    alignItems: 'center',
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'default',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  picked: {
    backgroundColor: tokens.colorBrandBackground2,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
  },
  open: {
    '@media (forced-colors: active)': { borderLeft: '3px solid Highlight' },
    boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1Selected,
  },
  /** In high contrast a filled row would need every text and icon in it in another colour: lines say the same. */
  lined: {
    ':hover': {
      backgroundColor: 'transparent',
      outline: `1px dashed ${tokens.colorNeutralForeground1}`,
      outlineOffset: '-3px',
    },
  },
  linedPicked: {
    backgroundColor: 'transparent',
    outline: `1px solid ${tokens.colorBrandStroke1}`,
    outlineOffset: '-1px',
  },
  linedOpen: { backgroundColor: 'transparent', boxShadow: `inset 6px 0 0 ${tokens.colorBrandStroke1}` },
  cell: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    padding: `0 ${tokens.spacingHorizontalS}`,
    minWidth: 0,
  },
  end: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
  check: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
    fontSize: '18px',
    color: tokens.colorNeutralForeground3,
    cursor: 'pointer',
  },
  checked: { color: tokens.colorBrandForeground1 },
  /** Unseen for 300 ms, then a faint bar where the text will stand. */
  pending: {
    display: 'inline-block',
    width: '60%',
    height: '10px',
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralBackground5,
    animationName: { from: { opacity: 0 }, to: { opacity: 1 } },
    animationDelay: '300ms',
    animationDuration: '200ms',
    animationFillMode: 'both',
  },
});

type RowProps<Row> = {
  readonly id: string;
  readonly row: Row | undefined;
  readonly index: number;
  readonly columns: readonly GridColumn<Row>[];
  readonly template: string;
  readonly y: number;
  readonly height: number;
  readonly active: boolean;
  readonly picked: boolean;
  readonly open: boolean;
};

function GridRow<Row>(props: RowProps<Row>): ReactElement {
  // Cells are worded in the language of the window; a row that nothing else changes is drawn anew for it.
  useLanguage();
  const styles = useStyles();
  const { row, index, picked } = props;
  const high = useTheme((state) => state.name === 'contrast');
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={picked}
      aria-busy={row === undefined ? true : undefined}
      data-index={index}
      data-active={props.active || undefined}
      className={mergeClasses(
        styles.row,
        picked && styles.picked,
        props.open && styles.open,
        high && picked && styles.linedPicked,
        high && props.open && styles.linedOpen,
        high && styles.lined,
      )}
      style={{ gridTemplateColumns: props.template, height: props.height, transform: `translateY(${props.y}px)` }}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        data-check
        className={mergeClasses(styles.check, picked && styles.checked)}
      >
        {picked ? <CheckboxCheckedFilled aria-hidden /> : <CheckboxUncheckedRegular aria-hidden />}
      </div>
      {props.columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={at + 2}
          className={mergeClasses(styles.cell, column.align === 'end' && styles.end)}
        >
          {row === undefined ? <span className={styles.pending} /> : column.render(row)}
        </div>
      ))}
    </div>
  );
}
export const VirtualGridRow = memo(GridRow) as typeof GridRow;
