// The door of the node: whose room it is, who is coming in.
import "./sign-in.css";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client.ts";
import type { Lang, Me } from "../../api/types.ts";
import { languages } from "../../i18n/languages.ts";
import { useLanguage, useWords } from "../../i18n/provide.tsx";
import { choose } from "../../i18n/text.ts";
import { Crest } from "../../ui/crest.tsx";
import { Refused } from "../../ui/tell.tsx";
import { whoseDoor } from "./whose.ts";

function Languages() {
  const { t } = useWords();
  const { code, change } = useLanguage();
  return (
    <nav className="sign-in-languages" aria-label={t("frame.language")}>
      {languages.map((each) => (
        <button
          key={each.code}
          type="button"
          lang={each.code}
          dir={each.direction}
          aria-pressed={each.code === code}
          onClick={() => change(each.code)}
        >
          {each.name}
        </button>
      ))}
    </nav>
  );
}

export default function SignIn({ onIn, ended }: { onIn: (me: Me) => void; ended: boolean }) {
  const { t, code } = useWords();
  const partner = choose(whoseDoor(), code as Lang);
  const [person, setPerson] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsking(true);
    setError(null);
    try {
      onIn(await api.signIn(person.trim(), password));
    } catch (refused) {
      setError(refused);
      setPassword("");
    } finally {
      setAsking(false);
    }
  };

  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit} aria-labelledby="door">
        <div className="sign-in-crest">
          <Crest size={56} />
          {partner && (
            <strong>
              <bdi lang={partner.lang}>{partner.text}</bdi>
            </strong>
          )}
        </div>
        <div>
          <h1 id="door">{t("sign-in.title")}</h1>
          <p className="soft">{t("sign-in.about")}</p>
        </div>
        {ended && !error && <p className="small">{t("sign-in.ended")}</p>}
        {error !== null && <Refused error={error} />}
        <TextInput
          label={t("sign-in.person")}
          name="person"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          value={person}
          onChange={(event) => setPerson(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("sign-in.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": t("sign-in.show"), tabIndex: 0 }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={asking}>
          {t("sign-in.enter")}
        </Button>
        <p className="small soft">{t("sign-in.audited")}</p>
      </form>
      <Languages />
    </main>
  );
}
