/** Views worth coming back to: three to start from, the analyst's own, and saving the present one as a view or as a rule. */
import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
} from '@fluentui/react-components';
import {
  BookmarkAddRegular,
  BookmarkMultipleRegular,
  BookmarkSearchRegular,
  DeleteRegular,
} from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { go } from '../../../host/navigation.ts';
import { InView } from '../../../ui/InView.tsx';
import { useSavedViews } from '../local.ts';
import { NameDialog } from './NameDialog.tsx';
import { SaveAsRule } from './SaveAsRule.tsx';
import { queryOf, type UserPlace, writePlace } from './userPlace.ts';

const useStyles = makeStyles({ popover: { maxHeight: '70vh' }, view: { maxWidth: '280px' } });

const atRisk = { field: 'riskState', operator: 'in', value: ['atRisk'] } as const;
const examples = {
  atRisk: { filter: JSON.stringify(queryOf([atRisk])) },
  highThisWeek: {
    filter: JSON.stringify(
      queryOf([
        { field: 'grouping', operator: 'in', value: ['Critical', 'High'] },
        atRisk,
        { field: 'lastUpdatedWithinDays', operator: '<=', value: 7 },
      ]),
    ),
    sort: 'aggregateScore:asc',
  },
  deleted: { deleted: 'only' },
} as const;

export function SavedViews(props: { readonly place: UserPlace }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const [saved, setSaved] = useSavedViews();
  const [asking, setAsking] = useState<'view' | 'rule' | null>(null);
  const { place } = props;
  const names = saved.map(({ name }) => name);
  const save = (name: string) => {
    const params = writePlace({ ...place, user: null });
    setSaved([...saved.filter((view) => view.name !== name), { name, params }]);
    setAsking(null);
  };

  return (
    <>
      <InView>
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button size="small" appearance="subtle" icon={<BookmarkMultipleRegular />}>
              {t('views.title')}
            </Button>
          </MenuTrigger>
          <MenuPopover className={styles.popover}>
            <MenuList>
              <MenuGroup>
                <MenuGroupHeader>{t('views.examples')}</MenuGroupHeader>
                {(['atRisk', 'highThisWeek', 'deleted'] as const).map((name) => (
                  <MenuItem key={name} onClick={() => go('users', examples[name])}>
                    {t(`views.${name}`)}
                  </MenuItem>
                ))}
              </MenuGroup>
              {saved.length > 0 && (
                <MenuGroup>
                  <MenuGroupHeader>{t('views.own')}</MenuGroupHeader>
                  {saved.map(({ name, params }) => (
                    <MenuItem key={name} className={styles.view} onClick={() => go('users', params)}>
                      {name}
                    </MenuItem>
                  ))}
                  <Menu>
                    <MenuTrigger disableButtonEnhancement>
                      <MenuItem icon={<DeleteRegular />}>{t('views.remove')}</MenuItem>
                    </MenuTrigger>
                    <MenuPopover className={styles.popover}>
                      <MenuList>
                        {names.map((name) => (
                          <MenuItem key={name} onClick={() => setSaved(saved.filter((view) => view.name !== name))}>
                            {name}
                          </MenuItem>
                        ))}
                      </MenuList>
                    </MenuPopover>
                  </Menu>
                </MenuGroup>
              )}
              <MenuDivider />
              <MenuItem icon={<BookmarkAddRegular />} onClick={() => setAsking('view')}>
                {t('views.save')}
              </MenuItem>
              <MenuItem icon={<BookmarkSearchRegular />} onClick={() => setAsking('rule')}>
                {t('views.saveRule')}
              </MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      </InView>
      {asking === 'view' && (
        <NameDialog
          title={t('views.saveTitle')}
          text={t('views.saveText')}
          button={t('views.saveButton')}
          warn={(name) => (names.includes(name) ? t('views.replaces') : null)}
          onName={save}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'rule' && <SaveAsRule place={place} onClose={() => setAsking(null)} />}
    </>
  );
}
