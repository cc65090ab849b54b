/** Measures that the pages of this feature share, so that they stand alike. */
import { makeStyles, tokens } from '@fluentui/react-components';

export const usePage = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}`,
    minWidth: 0,
  },
  head: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  end: { marginLeft: 'auto', display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  title: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    minWidth: 0,
  },
  row: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  scroll: { overflowX: 'auto', minWidth: 0 },
  /** Rows that are read, not pressed: a hover that stays legible in every theme, links and quiet text included. */
  line: {
    ':hover': { backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground1 },
    ':active': { backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground1 },
  },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  numberHead: { '& > *': { justifyContent: 'flex-end' } },
  still: { whiteSpace: 'nowrap' },
  figures: { fontVariantNumeric: 'tabular-nums' },
  /** Read out, not seen. */
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clip: 'rect(0 0 0 0)' },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
});
