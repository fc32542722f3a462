// Partners: what was agreed with each in plain words, and how its link stands.
import "./partners.css";
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import type { Agreement, PartnerLine, Terms } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { ReasonDialog } from "../../ui/ask-dialog.tsx";
import { PartnerFacts } from "../../ui/frame/partner-strip.tsx";
import { useTell } from "../../ui/notices.tsx";
import { usePartnerName, usePartners, useRoom, useSeatName } from "../../ui/room.tsx";
import { Chip, LinkSign, Written } from "../../ui/signs.tsx";
import { Answered, Empty, Refused } from "../../ui/tell.tsx";

function TermsShown({ terms }: { terms: Terms }) {
  const words = useWords();
  const { t, perhaps } = words;
  const kinds =
    terms.kinds.length === 0
      ? t("partners.all-kinds")
      : words.list(terms.kinds.map((kind) => perhaps(`kind.${kind}`) ?? kind));
  return (
    <>
      {t("partners.terms", {
        kinds,
        tlp: `TLP:${terms.tlp}`,
        handling: terms.handling,
        purposes: words.list(terms.purpose.map((each) => perhaps(`purpose.${each}`) ?? each)),
      })}{" "}
      <span className="soft">
        {t("partners.states", {
          states: words.list(terms.states.map((each) => perhaps(`state.${each}`) ?? each)),
        })}
      </span>
    </>
  );
}

function EndDialog({
  agreement,
  name,
  onClose,
}: {
  agreement: Agreement;
  name: string;
  onClose: () => void;
}) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const end = async (reason: string) => {
    await api.endAgreement(agreement.id, reason);
    tell(t("partners.ended-now"), { tone: "warn" });
    void queries.invalidateQueries({ queryKey: ["agreements"] });
    void queries.invalidateQueries({ queryKey: ["partners"] });
  };
  return (
    <ReasonDialog
      title={t("partners.end.title", { partner: name })}
      label={t("partners.end.reason")}
      deed={t("partners.end.now")}
      color="red.9"
      onDeed={end}
      onClose={onClose}
    >
      <p>{t("partners.end.about")}</p>
    </ReasonDialog>
  );
}

function AgreementShown({ agreement }: { agreement: Agreement }) {
  const words = useWords();
  const { t } = words;
  const { me } = useRoom();
  const tell = useTell();
  const queries = useQueryClient();
  const name = usePartnerName();
  const [ending, setEnding] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const sign = async () => {
    try {
      await api.signAgreement(agreement.id);
      tell(t("partners.signed-now"), { tone: "good" });
      void queries.invalidateQueries({ queryKey: ["agreements"] });
    } catch (error) {
      setRefused(error);
    }
  };
  const may = me.may.sign_release || me.may.administer;
  return (
    <div className="stack tight" data-agreement={agreement.state}>
      <div className="row">
        <h3>{t("partner.agreement")}</h3>
        <Chip
          {...(agreement.state === "in-force"
            ? { tone: "good" as const }
            : { tone: "dashed" as const })}
        >
          {t(`agreement.${agreement.state}`)}
        </Chip>
      </div>
      <dl className="facts">
        <dt>{t("partners.gives")}</dt>
        <dd>
          <TermsShown terms={agreement.gives} />
        </dd>
        <dt>{t("partners.takes")}</dt>
        <dd>
          <TermsShown terms={agreement.takes} />
        </dd>
      </dl>
      <p className="small">
        {t("partners.from", { from: words.day(agreement.from), until: words.day(agreement.until) })}
      </p>
      <ul className="small soft">
        {agreement.signed.length === 0 && <li>{t("partners.unsigned")}</li>}
        {agreement.signed.map((each, n) => (
          <li key={n}>
            {t("partners.signed", {
              person: each.person_name,
              partner: name(each.partner),
              at: words.moment(each.at),
            })}
          </li>
        ))}
      </ul>
      {agreement.ended && (
        <p className="small">
          {t("partners.ended", {
            by: name(agreement.ended.by),
            at: words.moment(agreement.ended.at),
            reason: agreement.ended.reason,
          })}
        </p>
      )}
      {refused !== null && <Refused error={refused} />}
      {may && agreement.state !== "ended" && (
        <div className="row">
          {agreement.state === "proposed" && (
            <Button size="compact-sm" onClick={() => void sign()}>
              {t("partners.sign")}
            </Button>
          )}
          {agreement.state === "in-force" && (
            <Button size="compact-sm" variant="default" onClick={() => setEnding(true)}>
              {t("partners.end")}
            </Button>
          )}
        </div>
      )}
      {ending && (
        <EndDialog
          agreement={agreement}
          name={name(agreement.partner)}
          onClose={() => setEnding(false)}
        />
      )}
    </div>
  );
}

function PartnerCard({ line, agreements }: { line: PartnerLine; agreements: Agreement[] }) {
  const { t } = useWords();
  const seat = useSeatName();
  const name = usePartnerName();
  return (
    <article className="panel stack partner-card" data-partner={line.partner.id}>
      <header className="row wide">
        <h2>
          <Written text={name(line.partner.id)} />{" "}
          <span className="soft small">
            <Written text={seat(line.partner)} />
          </span>
        </h2>
        <LinkSign link={line.link} />
      </header>
      <PartnerFacts line={line} />
      {agreements.length === 0 ? (
        <p className="soft">{t("partners.no-agreement")}</p>
      ) : (
        agreements.map((each) => <AgreementShown key={each.id} agreement={each} />)
      )}
    </article>
  );
}

export default function PartnersPage() {
  const { t } = useWords();
  const { me } = useRoom();
  const answer = usePartners();
  const agreements = useQuery({ queryKey: ["agreements"], queryFn: api.agreements });
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("page.partners")}</h1>
          <p>{t("partners.about")}</p>
        </div>
      </header>
      {agreements.error && <Refused error={agreements.error} />}
      <Answered answer={answer}>
        {(lines) => {
          const others = lines.filter((line) => line.partner.id !== me.partner.id);
          return others.length === 0 ? (
            <Empty title={t("partners.none")}>{t("partners.none.about")}</Empty>
          ) : (
            <div className="partner-cards">
              {others.map((line) => (
                <PartnerCard
                  key={line.partner.id}
                  line={line}
                  agreements={(agreements.data ?? []).filter(
                    (each) => each.partner === line.partner.id,
                  )}
                />
              ))}
            </div>
          );
        }}
      </Answered>
    </div>
  );
}
