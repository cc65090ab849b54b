// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by transforms, which elements of a table do not take
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
/**
 * The head of a grid: names, sort, width. One tab stop for all names (left and right walk along them); Enter sorts,
 * Shift with left or right changes the width, as dragging the edge does.
 */
import { Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular } from '@fluentui/react-icons';
import { type KeyboardEvent, type PointerEvent, type ReactElement, useState } from 'react';

export type GridSort = { readonly column: string; readonly direction: 'asc' | 'desc' };

export type HeadColumn = {
  readonly id: string;
  readonly title: string;
  /** Said on hover: what the numbers mean, which clock. */
  readonly hint?: string | undefined;
  readonly width: number;
  readonly align?: 'end' | undefined;
  readonly sortable?: boolean | undefined;
  /** Which way the first click sorts. */
  readonly firstSort?: 'asc' | 'desc' | undefined;
};

const useStyles = makeStyles({
  row: {
    display: 'grid',
    position: 'sticky',
    top: 0,
    zIndex: 2,
    height: '36px',
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  cell: { position: 'relative', display: 'flex', minWidth: 0 },
  check: { display: 'flex', alignItems: 'center', justifyContent: 'center' },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    width: '100%',
    minWidth: 0,
    padding: `0 ${tokens.spacingHorizontalS}`,
    border: 'none',
    background: 'none',
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1Hover, backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  end: { justifyContent: 'flex-end' },
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  sorted: { color: tokens.colorNeutralForeground1 },
  edge: {
    position: 'absolute',
    right: '-4px',
    top: '8px',
    bottom: '8px',
    width: '8px',
    zIndex: 1,
    cursor: 'col-resize',
    touchAction: 'none',
    '::after': {
      content: '""',
      position: 'absolute',
      left: '4px',
      top: 0,
      bottom: 0,
      width: '1px',
      backgroundColor: tokens.colorNeutralStroke2,
    },
    ':hover::after': { backgroundColor: tokens.colorBrandStroke1, width: '2px' },
  },
});

const narrowest = 56;

export function VirtualGridHeader(props: {
  readonly columns: readonly HeadColumn[];
  readonly template: string;
  readonly sort: GridSort | null;
  readonly onSort: (sort: GridSort) => void;
  readonly onWidth?: ((column: string, width: number) => void) | undefined;
  readonly selectAll: { readonly checked: boolean | 'mixed'; readonly label: string; readonly toggle: () => void };
}): ReactElement {
  const styles = useStyles();
  const [stop, setStop] = useState(0);
  const { columns, sort, onWidth } = props;
  const stopAt = Math.min(stop, columns.length - 1);

  const sortBy = ({ id, firstSort = 'asc' }: HeadColumn) => {
    const turned = sort?.direction === 'asc' ? 'desc' : 'asc';
    props.onSort({ column: id, direction: sort?.column === id ? turned : firstSort });
  };
  const onKey = (column: HeadColumn, index: number) => (event: KeyboardEvent<HTMLButtonElement>) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    event.stopPropagation();
    if (by === 0) return;
    event.preventDefault();
    if (event.shiftKey) {
      onWidth?.(
        column.id,
        Math.max(narrowest, (event.currentTarget.parentElement?.offsetWidth ?? column.width) + by * 16),
      );
      return;
    }
    const next = Math.max(0, Math.min(columns.length - 1, index + by));
    setStop(next);
    const cells = event.currentTarget.closest('[role="row"]')?.querySelectorAll<HTMLElement>('button');
    cells?.[next]?.focus();
  };
  const onDrag = (column: HeadColumn) => (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    const edge = event.currentTarget;
    const from = event.clientX;
    const before = edge.parentElement?.offsetWidth ?? column.width;
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = (move) => onWidth?.(column.id, Math.max(narrowest, Math.round(before + move.clientX - from)));
    edge.onpointerup = () => {
      edge.onpointermove = null;
    };
  };

  return (
    <div role="rowgroup" style={{ display: 'contents' }}>
      <div role="row" aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: props.template }}>
        <div role="columnheader" aria-colindex={1} className={styles.check}>
          <Checkbox
            aria-label={props.selectAll.label}
            title={props.selectAll.label}
            checked={props.selectAll.checked}
            onChange={props.selectAll.toggle}
          />
        </div>
        {columns.map((column, index) => {
          const sorted = sort?.column === column.id ? sort.direction : null;
          const Arrow = sorted === 'asc' ? ArrowUpRegular : ArrowDownRegular;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={index + 2}
              aria-sort={sorted === null ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
              className={styles.cell}
            >
              <button
                type="button"
                tabIndex={index === stopAt ? 0 : -1}
                className={mergeClasses(
                  styles.name,
                  column.align === 'end' && styles.end,
                  sorted !== null && styles.sorted,
                )}
                title={column.hint ?? column.title}
                onClick={() => (column.sortable === false ? undefined : sortBy(column))}
                onFocus={() => setStop(index)}
                onKeyDown={onKey(column, index)}
              >
                <span className={styles.text}>{column.title}</span>
                {sorted !== null && <Arrow aria-hidden />}
              </button>
              {onWidth !== undefined && <span aria-hidden className={styles.edge} onPointerDown={onDrag(column)} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
