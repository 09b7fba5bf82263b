import { Link } from "@tanstack/react-router";
import { Ellipsis, Plus, SearchX } from "lucide-react";
import { useState } from "react";
import { setTheme, useTheme } from "../lib/theme";
import { Banner } from "../ui/Banner";
import { BeforeAfter } from "../ui/BeforeAfter";
import { Breakable } from "../ui/Breakable";
import { Button, type ButtonVariant } from "../ui/Button";
import { Card } from "../ui/Card";
import { Checkbox } from "../ui/Checkbox";
import { Chip, StatusChip } from "../ui/Chip";
import { CommandPalette } from "../ui/CommandPalette";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { CopyText } from "../ui/CopyText";
import { CountBadge } from "../ui/CountBadge";
import { type ChartDay, DayChart } from "../ui/DayChart";
import { DefinitionList } from "../ui/DefinitionList";
import { Dialog } from "../ui/Dialog";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { FactList } from "../ui/FactList";
import { FileDrop } from "../ui/FileDrop";
import { IconButton } from "../ui/IconButton";
import { IconTile } from "../ui/IconTile";
import { InitialsTile } from "../ui/InitialsTile";
import { JsonLine } from "../ui/JsonLine";
import { Kbd } from "../ui/Kbd";
import { LoadMore } from "../ui/LoadMore";
import { Mark } from "../ui/Mark";
import { Menu } from "../ui/Menu";
import { NoPermission } from "../ui/NoPermission";
import { PageHeading } from "../ui/PageHeading";
import { PageTicks } from "../ui/PageTicks";
import { PasswordInput } from "../ui/PasswordInput";
import { PlatformIcon } from "../ui/PlatformIcon";
import { Popover } from "../ui/Popover";
import { ProgressBar } from "../ui/ProgressBar";
import { Ring } from "../ui/Ring";
import { SearchInput } from "../ui/SearchInput";
import { Segmented } from "../ui/Segmented";
import { Select } from "../ui/Select";
import { SettledSearch } from "../ui/SettledSearch";
import { Sheet } from "../ui/Sheet";
import { SimpleTable } from "../ui/SimpleTable";
import { Skeleton } from "../ui/Skeleton";
import { SourceBadge } from "../ui/SourceBadge";
import { Spinner } from "../ui/Spinner";
import { StatStrip, StatTile } from "../ui/StatTile";
import { Status } from "../ui/Status";
import { StatusIcon } from "../ui/StatusIcon";
import { Stepper } from "../ui/Stepper";
import { Step, Steps } from "../ui/Steps";
import { Switch } from "../ui/Switch";
import { Tabs } from "../ui/Tabs";
import { TextInput } from "../ui/TextInput";
import { Time } from "../ui/Time";
import { ToastProvider, useToast } from "../ui/Toast";
import { Tooltip } from "../ui/Tooltip";
import { VirtualGrid } from "../ui/VirtualGrid";
import { knownValues, statusKinds } from "../ui/vocabulary";

/**
 * All components of `ui` in all their states, for whoever works on them (pictures m1 to m3). It is part of `npm run dev` alone. A test holds it against the
 * directory: what is not shown here fails.
 */
export function ComponentsPage() {
  const theme = useTheme();
  return (
    <ToastProvider>
      <title>Components · GuardMDM</title>
      <header className="mx-auto flex max-w-420 items-center gap-3 p-4 sm:p-6">
        <Mark />
        <div className="min-w-0 flex-1">
          <h1 className="text-page">Components</h1>
          <p className="text-fg-2">Hover and focus show where the pointer and the keyboard are.</p>
        </div>
        <Segmented
          label="Theme"
          value={theme}
          onValueChange={setTheme}
          options={[
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
      </header>
      <main className="mx-auto grid max-w-420 grid-cols-[minmax(0,1fr)] items-start gap-4 p-4 pt-0 sm:p-6 sm:pt-0 lg:grid-cols-2">
        <Colors />
        <Type />
        <Buttons />
        <Choices />
        <Inputs />
        <Progress />
        <Statuses />
        <Badges />
        <Banners />
        <Overlays />
        <States />
        <Lists />
        <Tables />
        <Charts />
      </main>
    </ToastProvider>
  );
}

const colors = [
  "bg-bg",
  "bg-surface",
  "bg-raised",
  "bg-sunken",
  "bg-hover",
  "bg-active",
  "bg-border",
  "bg-border-2",
  "bg-border-control",
  "bg-fg",
  "bg-fg-2",
  "bg-fg-3",
  "bg-ink",
  "bg-accent",
  "bg-ok",
  "bg-info",
  "bg-warn",
  "bg-bad",
  "bg-muted",
  "bg-violet",
  "bg-teal",
  "bg-chart-1",
  "bg-chart-2",
  "bg-chart-3",
  "bg-chart-4",
  "bg-chart-5",
  "bg-chart-6",
] as const;

function Colors() {
  return (
    <Card title="Color">
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {colors.map((name) => (
          <li key={name} className="flex items-center gap-2">
            <span className={`size-6 rounded-control border border-border ${name}`} />
            <code className="font-mono text-serial">{name.slice(3)}</code>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Type() {
  return (
    <Card title="Type">
      <p className="text-first-run">First-run title</p>
      <p className="text-page">Page title</p>
      <p className="text-number tabular-nums">48,216</p>
      <p className="text-crumb">Breadcrumb</p>
      <p className="text-card">Card title</p>
      <p className="text-body">Body and table cells</p>
      <p className="text-fg-3 text-hint">Hints and meta</p>
      <p className="text-badge">Badges and axes</p>
      <p className="font-mono text-serial slashed-zero">C02XK1ZKJGH5 0O1IL</p>
      <p>
        <Breakable>mdm.a-long-address-that-breaks.example/enroll/ade</Breakable>
      </p>
      <PageHeading title="Heading of a page of settings" action={<Button>Action</Button>}>
        What the page is for, in a sentence.
      </PageHeading>
    </Card>
  );
}

const variants: readonly ButtonVariant[] = ["primary", "secondary", "ghost", "danger"];

function Buttons() {
  return (
    <Card title="Button">
      {variants.map((variant) => (
        <div key={variant} className="flex flex-wrap items-center gap-2">
          <Button variant={variant}>Save</Button>
          <Button variant={variant} icon={<Plus aria-hidden className="size-4" />}>
            With icon
          </Button>
          <Button variant={variant} disabled>
            Off
          </Button>
          <Button variant={variant} disabledReason="A sync is running.">
            Off, with reason
          </Button>
          <Button variant={variant} busy busyLabel="Saving">
            Save
          </Button>
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="large">Large</Button>
        <Button>Default</Button>
        <Button size="small">Small</Button>
        <Button size="tiny">Tiny</Button>
        <IconButton label="More" icon={<Ellipsis className="size-4" />} />
        <IconButton label="More, busy" busy icon={<Ellipsis className="size-4" />} />
        <LoadMore has fetching={false} error={undefined} onLoad={() => {}} />
      </div>
    </Card>
  );
}

function Choices() {
  const [on, setOn] = useState(true);
  const [view, setView] = useState<"total" | "change">("total");
  const [tab, setTab] = useState<"overview" | "timeline" | "record">("overview");
  return (
    <Card title="Choice">
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <Checkbox label="Off" />
        <Checkbox label="On" defaultChecked hint="With a hint" />
        <Checkbox label="Cannot be changed" disabled />
        <span className="flex items-center gap-2">
          <Switch aria-label="A switch" checked={on} onCheckedChange={setOn} />
          <Switch aria-label="One that is off" checked={false} onCheckedChange={() => {}} />
          <Switch aria-label="One that cannot be changed" checked disabled onCheckedChange={() => {}} />
        </span>
      </div>
      <div>
        <Segmented
          label="Shown as"
          value={view}
          onValueChange={setView}
          options={[
            { value: "total", label: "Total" },
            { value: "change", label: "Change per day" },
          ]}
        />
      </div>
      <Tabs
        label="Views"
        value={tab}
        onValueChange={setTab}
        items={[
          { id: "overview", label: "Overview" },
          { id: "timeline", label: "Timeline", count: 14 },
          { id: "record", label: "Record" },
        ]}
      >
        What the tab {tab} shows.
      </Tabs>
    </Card>
  );
}

function Inputs() {
  const [search, setSearch] = useState("mac");
  const [file, setFile] = useState<File | null>(null);
  return (
    <Card title="Input and select">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextInput label="Rest" placeholder="Profile name" />
        <TextInput
          label="With a hint"
          optional
          hint="Shown to people in Setup Assistant."
          defaultValue="Mac Standard"
        />
        <TextInput label="Error" defaultValue="http://mdm.example" error="Apple needs https. Start with https://" />
        <TextInput label="Off" disabled defaultValue="Always on" hint="Needs macOS 11 or later." />
        <PasswordInput label="Password" autoComplete="off" defaultValue="a quiet orchard" />
        <Select
          label="Select"
          options={[
            { value: "ios", label: "iOS" },
            { value: "macos", label: "macOS" },
          ]}
        />
        <SearchInput label="Search" placeholder="Serial number" shortcut="/" value="" onValueChange={() => {}} />
        <SearchInput label="Search with text" value={search} onValueChange={setSearch} />
        <SettledSearch label="Search of a server" placeholder="Name" value={search} onSearch={setSearch} />
      </div>
      <FileDrop
        label="Server token"
        hint="Ends in .p7m"
        maxBytes={65_536}
        file={file}
        onFile={setFile}
        statusText={file ? "Chosen" : undefined}
      />
      <FileDrop
        label="Server token that was refused"
        maxBytes={65_536}
        file={null}
        onFile={() => {}}
        error="This token belongs to another key."
      />
      <CopyText label="Serial number" text="C02XK1ZKJGH5" />
    </Card>
  );
}

function Progress() {
  return (
    <Card title="Progress">
      <ProgressBar label="Known total" value={6_000} max={9_870} />
      <ProgressBar label="Soon over" value={12} max={365} tone="warn" />
      <ProgressBar label="Partly failed" value={9} max={14} failed={4} />
      <PageTicks label="Pages" done={6} inFlight={1} total={10} />
      <PageTicks label="Pages, total unknown" done={2} inFlight={1} />
      <div className="flex items-center gap-4">
        <Ring fraction={0.6} size={64} label="Next sync in 3:18">
          3:18
        </Ring>
        <Ring fraction={0} size={16} label="Nothing left" />
        <Spinner />
      </div>
      <Stepper
        steps={[
          { title: "Make a key", state: "done" },
          { title: "Upload it", description: "At business.apple.com", state: "current" },
          { title: "Download the token", state: "todo" },
        ]}
      />
      <Steps>
        <Step number={1} title="Open the settings">
          <p>A step of instructions.</p>
        </Step>
      </Steps>
    </Card>
  );
}

function Statuses() {
  return (
    <Card title="Status">
      {statusKinds.map((kind) => (
        <div key={kind} className="grid gap-1">
          <h3 className="text-fg-3 text-hint">{kind}</h3>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {knownValues(kind).map((value) => (
              <li key={value}>
                <Status kind={kind} value={value} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Card>
  );
}

const tones = ["ok", "info", "warn", "bad", "muted", "violet", "teal"] as const;
const sources = ["DEVICE", "GROUP", "PLATFORM_DEFAULT", "NONE"] as const;
const platforms = ["IOS", "IPADOS", "MACOS", "TVOS", "VISIONOS", "WATCHOS", "UNKNOWN"];

function Badges() {
  return (
    <Card title="Chips, badges and icons">
      <div className="flex flex-wrap gap-2">
        {tones.map((tone) => (
          <Chip key={tone} tone={tone}>
            {tone}
          </Chip>
        ))}
        <StatusChip kind="token" value="EXPIRING">
          Expires in 12 days
        </StatusChip>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {sources.map((source) => (
          <SourceBadge key={source} source={source} />
        ))}
        {(["muted", "bad", "warn", "info", "ok"] as const).map((tone) => (
          <CountBadge key={tone} tone={tone} count={14} />
        ))}
        <Kbd>Ctrl</Kbd>
        <Kbd>K</Kbd>
        <InitialsTile name="Brightline Health" />
        <IconTile>
          <SearchX />
        </IconTile>
      </div>
      <div className="flex flex-wrap gap-3">
        {platforms.map((platform) => (
          <span key={platform} className="inline-flex items-center gap-1">
            <PlatformIcon platform={platform} />
            {platform}
          </span>
        ))}
      </div>
      <div className="flex flex-wrap gap-3">
        <StatusIcon shape="check" tone="ok" />
        <StatusIcon shape="octagon" tone="bad" />
        <Time value="2026-09-12T08:46:00Z" />
        <Time value={null} />
        <BeforeAfter before="Mac Standard" after="Mac Faculty" />
      </div>
      <div className="text-hint">
        {["{", '  "profile_name": "Mac Standard",', '  "is_mandatory": true', "}"].map((line) => (
          <JsonLine key={line} text={line} />
        ))}
      </div>
    </Card>
  );
}

function Banners() {
  const { show } = useToast();
  return (
    <Card title="Banner and toast">
      <Banner
        tone="bad"
        title="Apple refused the profile: NOT_ACCESSIBLE"
        action={<Button size="small">Recheck</Button>}
      >
        This serial number left Brightline Health in ABM.
      </Banner>
      <Banner tone="warn" title="The token expires in 12 days">
        Renew it before then.
      </Banner>
      <Banner tone="info">The preview has no devices.</Banner>
      <div className="flex flex-wrap gap-2">
        <Button
          onClick={() =>
            show({ tone: "ok", title: "37 devices were assigned", action: { label: "Undo", onClick: () => {} } })
          }
        >
          Toast
        </Button>
        <Button
          onClick={() => show({ tone: "bad", title: "3 of 40 were not assigned", description: "NOT_ACCESSIBLE" })}
        >
          Toast of an error
        </Button>
      </div>
    </Card>
  );
}

function Overlays() {
  const [open, setOpen] = useState<"dialog" | "confirm" | "danger" | "sheet" | "palette">();
  const [query, setQuery] = useState("");
  const close = () => setOpen(undefined);
  return (
    <Card title="Overlays">
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => setOpen("dialog")}>Dialog</Button>
        <Button onClick={() => setOpen("confirm")}>Confirm</Button>
        <Button onClick={() => setOpen("danger")}>Confirm by typing</Button>
        <Button onClick={() => setOpen("sheet")}>Sheet</Button>
        <Button onClick={() => setOpen("palette")}>Palette</Button>
        <Menu
          trigger={<Button>Menu</Button>}
          items={[
            { label: "Assign profile" },
            { label: "Add to group", hint: "Static groups alone" },
            { label: "Sync device", disabledReason: "The token has expired." },
            { label: "Compact rows", checked: true, onSelect: () => {} },
            "separator",
            { label: "Remove profile", danger: true },
          ]}
        />
        <Popover trigger={<Button>Popover</Button>} title="Columns">
          <p>What stands in a popover.</p>
        </Popover>
        <Tooltip content="Set by the group Faculty" shortcut="W">
          <Button>Tooltip</Button>
        </Tooltip>
      </div>
      <Dialog open={open === "dialog"} onOpenChange={close} title="Assign a profile to 37 devices">
        <p>What happens, and what keeps working.</p>
      </Dialog>
      <ConfirmDialog
        open={open === "confirm"}
        onOpenChange={close}
        title="Remove Brightline Health"
        confirmLabel="Remove"
        onConfirm={close}
      >
        <p>Nothing changes at Apple.</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={open === "danger"}
        onOpenChange={close}
        title="Erase 1,204 devices"
        confirmLabel="Erase"
        typeToConfirm="1204"
        error="One of them is gone."
        onConfirm={close}
      >
        <p>This cannot be undone.</p>
      </ConfirmDialog>
      <Sheet open={open === "sheet"} onOpenChange={close} title="Live sync">
        <p className="p-4">What stands in a sheet.</p>
      </Sheet>
      {open === "palette" && (
        <CommandPalette
          label="Search or jump to"
          query={query}
          onQueryChange={setQuery}
          onClose={close}
          empty="Nothing is named like that."
          groups={[
            {
              label: "Devices",
              items: [
                {
                  id: "1",
                  label: "C02XK1ZKJGH5",
                  detail: "MacBook Pro",
                  icon: <PlatformIcon platform="MACOS" />,
                  onSelect: close,
                },
              ],
            },
          ]}
        />
      )}
    </Card>
  );
}

function States() {
  return (
    <Card title="In place of content" padding={false}>
      <div className="p-4">
        <Skeleton rows={3} />
      </div>
      <EmptyState icon={<SearchX />} title="No device matches this filter" action={<Button>Clear all</Button>}>
        The search finds serial numbers by their beginning.
      </EmptyState>
      <ErrorState
        title="The devices did not load"
        message="The server answered 502."
        hint="It may be restarting."
        requestId="req_01J8QCB7E2"
        onRetry={() => {}}
      />
      <NoPermission>Administrators connect and renew. You can see the tokens.</NoPermission>
    </Card>
  );
}

function Lists() {
  return (
    <Card title="Numbers and facts">
      <StatStrip label="The fleet">
        <StatTile label="Devices" value="48,216" detail="+9,316 in 30 days" render={<Link to="/devices" />} />
        <StatTile icon={<StatusIcon shape="check" tone="ok" />} label="Enrolled" value="45,412" detail="94.2%" />
      </StatStrip>
      <DefinitionList
        items={[
          { label: "Organization", value: "Brightline Health" },
          { label: "Server", value: "GuardMDM", detail: "since 12 Sep" },
        ]}
      />
      <FactList
        facts={[
          { label: "Model", value: "MacBook Pro" },
          { label: "Color", value: "" },
        ]}
      />
    </Card>
  );
}

type Row = { serial: string; model: string };
const rows: readonly Row[] = Array.from({ length: 200 }, (_, place) => ({
  serial: `C02X${String(place).padStart(4, "0")}`,
  model: place % 2 ? "MacBook Pro" : "iPad",
}));
const serialColumn = { id: "serial", header: "Serial number", cell: ({ serial }: Row) => <code>{serial}</code> };
const modelColumn = { id: "model", header: "Model", cell: ({ model }: Row) => model };
const columns = [serialColumn, modelColumn];
const checked = new Set(["C02X0001"]);

function Tables() {
  return (
    <Card title="Tables" padding={false}>
      <SimpleTable
        caption="Few rows"
        framed={false}
        columns={columns}
        rows={rows.slice(0, 3)}
        rowKey={({ serial }) => serial}
      />
      <div className="flex h-72 flex-col border-border border-t">
        <VirtualGrid
          label="Many rows, one of them on its way"
          columns={columns}
          rowCount={rows.length}
          loadedCount={rows.length}
          getRow={(place) => (place === 2 ? undefined : rows[place])}
          rowKey={({ serial }) => serial}
          selectedKey="C02X0003"
          isChecked={({ serial }) => checked.has(serial)}
          onCheck={() => {}}
          phoneCard={({ serial, model }) => `${serial}, ${model}`}
        />
      </div>
    </Card>
  );
}

const days: readonly ChartDay[] = Array.from({ length: 30 }, (_, place) => ({
  label: `${place + 1} Sep`,
  values: place < 5 || place === 14 ? null : [150 + place * 3, 70 + place, 90 + place * 8, 12],
}));
const series = [
  { id: "1", label: "macOS", color: 1 },
  { id: "2", label: "iOS", color: 2 },
  { id: "3", label: "iPadOS", color: 3 },
  { id: "4", label: "Other", color: 4 },
] as const;

function Charts() {
  return (
    <Card title="Charts">
      <DayChart label="Areas" kind="areas" series={series} days={days} unknown="Not counted" />
      <DayChart
        label="Columns"
        kind="columns"
        series={series.slice(0, 1)}
        days={days.map(({ label, values }, place) => ({
          label,
          values: values && [Math.round(Math.sin(place) * 40 + 20)],
        }))}
        unknown="Not known"
      />
    </Card>
  );
}
