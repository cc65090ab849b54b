// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by transforms, which elements of a table do not take
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
/**
 * A grid over up to a million rows: only those in sight are drawn. The grid itself has the focus and names its active row
 * to screen readers, so the focus is not lost when a row scrolls away. It holds no rows and no selection: it asks for rows
 * by index and tells its owner what was meant (sort, pick, open).
 */
import { makeStyles, tokens } from '@fluentui/react-components';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type GridSort, type HeadColumn, VirtualGridHeader } from './VirtualGridHeader.tsx';
import { intentOf } from './VirtualGridKeys.ts';
import { type GridColumn, VirtualGridRow } from './VirtualGridRow.tsx';
import { type Extent, heightOf, type Position, positionOf, rowsSeen, scrolledTo } from './VirtualGridScroll.ts';

/** What a click or a key picks; the owner keeps what is picked. */
export type GridPick =
  | { readonly kind: 'toggle'; readonly index: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'all' };

const headHeight = 36;
const spare = 8;

const useStyles = makeStyles({
  grid: {
    position: 'relative',
    overflow: 'auto',
    height: '100%',
    outlineStyle: 'none',
    overflowAnchor: 'none',
    ':focus-visible [data-active]': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  sheet: { position: 'relative' },
  body: { position: 'relative' },
});

export function VirtualGrid<Row>(props: {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly widths?: Readonly<Record<string, number>> | undefined;
  readonly total: number;
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowHeight: number;
  /** Names the list; when it changes, the grid goes to its top. */
  readonly list: string;
  readonly sort: GridSort | null;
  readonly isPicked: (row: Row) => boolean;
  readonly isOpen?: ((row: Row) => boolean) | undefined;
  readonly selectAll: { readonly checked: boolean | 'mixed'; readonly label: string };
  readonly onSort: (sort: GridSort) => void;
  readonly onWidth?: ((column: string, width: number) => void) | undefined;
  readonly onPick: (pick: GridPick) => void;
  readonly onOpen: (row: Row, index: number) => void;
  /** The active row moved by key. */
  readonly onActive?: ((row: Row) => void) | undefined;
  readonly onCopy?: ((active: Row | undefined) => void) | undefined;
  /** A letter typed in the grid: type-ahead. */
  readonly onType?: ((text: string) => void) | undefined;
  readonly onSee: (first: number, last: number) => void;
}): ReactElement {
  const styles = useStyles();
  const base = useId();
  const { total, rowHeight, columns, widths, list, onSee } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(600);
  const [active, setActive] = useState(0);
  const anchor = useRef(0);
  const heightBefore = useRef(rowHeight);
  const seeNext = useRef(0);
  const extent: Extent = { rows: total * rowHeight, seen };
  const at = useRef<Position>({ top: 0, shift: 0 });
  const [position, setPosition] = useState<Position>(at.current);

  const template = useMemo(
    () => `40px ${columns.map((column) => sizeOf(column, widths?.[column.id])).join(' ')}`,
    [columns, widths],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setSeen(Math.max(rowHeight, element.clientHeight - headHeight));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [rowHeight]);

  const place = (next: Position) => {
    at.current = next;
    if (scroller.current !== null) scroller.current.scrollTop = next.top;
    setPosition(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts at its top, and nothing else does.
  useLayoutEffect(() => {
    setActive(0);
    anchor.current = 0;
    place({ top: 0, shift: 0 });
  }, [list]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height keep the row that stood at the top.
  useLayoutEffect(() => {
    const first = (at.current.top + at.current.shift) / heightBefore.current;
    heightBefore.current = rowHeight;
    if (first > 0) place(positionOf(first * rowHeight, extent));
  }, [rowHeight]);
  const { first, last } = rowsSeen(position, extent, rowHeight, spare);
  useEffect(() => {
    // A jump is answered at once. A thumb that is being dragged passes hundreds of pages: one a tenth of a second, and
    // where it rests, are worth asking for.
    const wait = Math.max(0, seeNext.current - performance.now());
    const tell = () => {
      seeNext.current = performance.now() + 100;
      onSee(first, last);
    };
    if (wait === 0) return tell();
    const timer = setTimeout(tell, wait);
    return () => clearTimeout(timer);
  }, [first, last, onSee]);

  const onScroll = () => {
    const top = scroller.current?.scrollTop ?? 0;
    at.current = scrolledTo(top, at.current, extent);
    setPosition(at.current);
  };
  const reveal = (index: number) => {
    const from = at.current.top + at.current.shift;
    const y = index * rowHeight;
    if (y < from) place(positionOf(y, extent));
    else if (y + rowHeight > from + seen) place(positionOf(y + rowHeight - seen, extent));
  };
  const pick = (index: number, extend: boolean) => {
    if (extend) {
      props.onPick({ kind: 'range', from: Math.min(anchor.current, index), to: Math.max(anchor.current, index) });
      return;
    }
    anchor.current = index;
    props.onPick({ kind: 'toggle', index });
  };

  const onClick = (event: MouseEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement;
    const index = Number(target.closest<HTMLElement>('[data-index]')?.dataset.index ?? Number.NaN);
    if (Number.isNaN(index)) return;
    setActive(index);
    if (event.shiftKey) return pick(index, true);
    if (event.ctrlKey || event.metaKey || target.closest('[data-check]') !== null) return pick(index, false);
    anchor.current = index;
    const row = props.rowAt(index);
    if (row !== undefined) props.onOpen(row, index);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const { key, shiftKey: shift, altKey: alt } = event;
    const pressed = { key, shift, alt, command: event.ctrlKey || event.metaKey };
    const intent = intentOf(pressed, active, total, Math.floor(seen / rowHeight));
    if (intent === null) return;
    // Text that was marked with the mouse is what a person means to copy.
    if (intent.kind === 'copy' && getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    const row = props.rowAt(active);
    switch (intent.kind) {
      case 'move': {
        const next = props.rowAt(intent.to);
        setActive(intent.to);
        reveal(intent.to);
        if (intent.extend) pick(intent.to, true);
        else anchor.current = intent.to;
        if (next !== undefined) props.onActive?.(next);
        return;
      }
      case 'toggle':
        return pick(active, shift);
      case 'open':
        return row === undefined ? undefined : props.onOpen(row, active);
      case 'all':
        return props.onPick({ kind: 'all' });
      case 'copy':
        return props.onCopy?.(row);
      case 'sideways':
        scroller.current?.scrollBy({ left: intent.by * 120 });
        return;
      case 'type':
        return props.onType?.(intent.text);
    }
  };

  const { sort, onSort, onWidth, onPick, selectAll } = props;
  // Scrolling draws the grid again, but never its head.
  const header = useMemo(
    () => (
      <VirtualGridHeader
        columns={columns}
        template={template}
        sort={sort}
        onSort={onSort}
        onWidth={onWidth}
        selectAll={{ ...selectAll, toggle: () => onPick({ kind: 'all' }) }}
      />
    ),
    [columns, template, sort, onSort, onWidth, onPick, selectAll],
  );
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
  const activeSeen = active >= first && active <= last;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={activeSeen && total > 0 ? `${base}-${active}` : undefined}
      tabIndex={0}
      className={styles.grid}
      onScroll={onScroll}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={styles.sheet} style={{ width: widthOf(columns, widths) }}>
        {header}
        <div role="rowgroup" className={styles.body} style={{ height: heightOf(extent) }}>
          {indexes.map((index) => {
            const row = props.rowAt(index);
            return (
              <VirtualGridRow
                key={index}
                id={`${base}-${index}`}
                row={row}
                index={index}
                columns={columns}
                template={template}
                y={index * rowHeight - position.shift}
                height={rowHeight}
                active={index === active}
                picked={row !== undefined && props.isPicked(row)}
                open={row !== undefined && (props.isOpen?.(row) ?? false)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function sizeOf(
  column: { readonly width: number; readonly grow?: number | undefined },
  set: number | undefined,
): string {
  if (set !== undefined) return `${set}px`;
  return column.grow ? `minmax(${column.width}px, ${column.grow}fr)` : `${column.width}px`;
}

function widthOf(columns: readonly HeadColumn[], widths: Readonly<Record<string, number>> | undefined): string {
  const least = columns.reduce((sum, column) => sum + (widths?.[column.id] ?? column.width), 40);
  return `max(100%, ${least}px)`;
}
