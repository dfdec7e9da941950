Balíčky Pythonu z distribuce Debian a odjinud
=============================================

Tento soubor vysvětluje, proč instalační nástroje, jako jsou pip a uv,
odmítají měnit tuto instalaci Pythonu a co můžete udělat místo toho.
Týká se jen jediné instalace Pythonu, a to té, kterou spouští tento
příkaz:
    $ python3

Při zadávání příkazů z příkladů vynechte znak dolaru na začátku řádku.
Odsazené řádky bez znaku dolaru nejsou příkazy, ale volby, nastavení
nebo názvy souborů. Názvy balíčků, například requests a httpie, jsou jen
příklady.

Důvod odmítnutí
---------------

Tuto instalaci Pythonu spravuje distribuce Debian pomocí svého správce
balíčků (apt). Programy z distribuce Debian závisejí na balíčcích této
instalace Pythonu. Kdyby instalační nástroj některý z nich nahradil nebo
odstranil, mohl by takové programy poškodit, proto skončí dřív, než
cokoli změní. Nic není poškozeno a nic nebylo nainstalováno ani
odstraněno.

Odmítnutí se netýká virtuálních prostředí ani jiných instalací Pythonu
na tomto počítači. Toto pravidlo není zvláštností distribuce Debian,
vychází ze specifikace platné pro celý Python:
    https://peps.python.org/pep-0668/

Balíčky z distribuce Debian
---------------------------

Takto nainstalujete balíček z distribuce Debian (jako root, například
pomocí příkazu sudo):
    $ apt install python3-requests

Takto nainstalované balíčky se aktualizují společně se zbytkem systému.
Jejich názvy se mohou lišit od názvů, které zná pip. Takto balíček
vyhledáte:
    $ apt search --names-only requests

Při sestavování obrazu kontejneru vynechte balíčky, které jsou pouze
doporučené:
    $ apt-get update && apt-get install --yes --no-install-recommends python3-requests

Virtuální prostředí
-------------------

Virtuální prostředí je adresář s vlastními balíčky. Používá tuto
instalaci Pythonu, ale mimo tento adresář se nic nemění. Takto vytvoříte
prostředí a nainstalujete do něj balíček (je potřeba balíček
python3-venv):
    $ python3 -m venv .venv
    $ .venv/bin/pip install requests

Bez výše uvedeného balíčku první příkaz selže a vypíše zprávu s názvem
tohoto balíčku; nainstalujte ho a příkaz spusťte znovu. Pro každý
projekt vytvořte samostatné prostředí. Prostředí odstraníte smazáním
jeho adresáře:
    $ rm -r .venv

Spouštění programů z virtuálního prostředí
------------------------------------------

Své programy spouštějte pomocí Pythonu z prostředí, který balíčky najde
sám:
    $ .venv/bin/python app.py

Aktivovat prostředí není nutné. Po aktivaci patří příkazy python a pip
až do ukončení shellu k tomuto prostředí (sh, bash a zsh):
    $ . .venv/bin/activate
Totéž v shellu fish:
    $ source .venv/bin/activate.fish
Takto prostředí zase opustíte:
    $ deactivate

Skripty, služby a naplánované úlohy
-----------------------------------

Uveďte úplnou cestu k Pythonu ve virtuálním prostředí. Toto prostředí
není třeba aktivovat ani není nutné nastavovat žádné proměnné prostředí.
První řádek skriptu:
    #!/opt/venv/bin/python
V jednotce systemd:
    ExecStart=/opt/venv/bin/python /opt/app/app.py
V souboru crontab:
    15 4 * * * /opt/venv/bin/python /opt/app/app.py

Použití balíčků z distribuce Debian ve virtuálním prostředí
-----------------------------------------------------------

I balíčky z distribuce Debian může prostředí používat, pokud ho
vytvoříte takto:
    $ python3 -m venv --system-site-packages .venv
Již nainstalované balíčky se pak použijí a neinstalují se podruhé. Pokud
takový balíček v prostředí aktualizujete, novější verze se uloží do
tohoto prostředí a nikde jinde se nepoužívá:
    $ .venv/bin/pip install --upgrade requests

Chcete-li to později změnit, upravte jeden řádek v souboru pyvenv.cfg
daného prostředí:
    include-system-site-packages = true

Aplikace
--------

Program pipx vytvoří pro každou aplikaci samostatné prostředí a
zpřístupní její příkazy (je potřeba balíček pipx):
    $ pipx install httpie

Pokud systém tyto příkazy poté nenajde, spusťte jednou následující
příkaz a znovu se přihlaste:
    $ pipx ensurepath
Všechny takto nainstalované aplikace aktualizujete tímto příkazem:
    $ pipx upgrade-all
Takto jednorázově spustíte aplikaci bez instalace:
    $ pipx run cowsay -t hi
Takto nainstalujete aplikaci pro všechny uživatele (jako root):
    $ pipx install --global httpie

Aplikace se zásuvnými moduly
----------------------------

Zásuvný modul patří do prostředí své aplikace:
    $ pipx inject httpie httpie-jwt-auth
Aplikace, která si zásuvné moduly instaluje sama, potřebuje prostředí,
do kterého může zapisovat, proto i ji nainstalujte pomocí programu pipx.

Uživatelské instalace a jiné adresáře
-------------------------------------

Instalační nástroje odmítnou i instalaci do vašeho domovského adresáře,
protože takto nainstalované balíčky by používal každý program spuštěný
pomocí této instalace Pythonu:
    --user
Nastavení, která uživatelské instalace zapínají nebo vypínají, na tom
nic nemění:
    PYTHONNOUSERSITE=1
Instalace do adresáře, který sami zadáte, odmítnuta není:
    --target
    --prefix
    --root
Nikdo nekontroluje, kde takový adresář leží, proto dbejte na to, aby ho
nepoužíval systém.

Pokud ochranu obejdete jako root, balíčky se uloží do následujícího
adresáře a všechny programy je pak budou používat místo balíčků z
distribuce Debian:
    /usr/local/lib/python3.13/dist-packages

Kontejnery
----------

Vytvořte prostředí v pevně daném umístění a zařaďte ho na první místo ve
vyhledávací cestě příkazů. V souboru Dockerfile nebo Containerfile:
    RUN python3 -m venv /opt/venv
    ENV PATH="/opt/venv/bin:$PATH"
    RUN pip install requests
Prostředí se vyplatí i v kontejneru: to, co nainstalujete, nemůže
poškodit programy z distribuce Debian a aktualizace z této distribuce
nemůže zrušit, co jste nainstalovali. Bezpečnostní skenery uvádějí
balíčky z prostředí vedle balíčků z distribuce Debian.

Přihlašovací shelly a příkaz sudo obnovují výchozí vyhledávací cestu.
Použijte tam úplnou cestu, nebo vyhledávací cestu předejte:
    $ sudo /opt/venv/bin/python app.py
    $ sudo env "PATH=$PATH" python app.py

Prostředí, které patří uživateli root, funguje i tehdy, když kontejner
běží pod libovolným ID uživatele. Jen pokud uživatel s takovým ID musí
instalovat balíčky za běhu kontejneru, spusťte při sestavování obrazu
tento příkaz:
    $ chgrp -R 0 /opt/venv && chmod -R g=u /opt/venv

Pokud prostředí kopírujete z jedné fáze sestavení do jiné, zachovejte
jeho cestu i verzi Pythonu. V jiném umístění se příkazy prostředí
nespustí.

Python z prostředí může vytvářet další prostředí; ta na prvním prostředí
nezávisejí.

Nejvíce místa v novém prostředí zabírá jeho kopie programu pip.
Chcete-li se bez ní obejít, použijte pip, který je mimo prostředí:
    $ python3 -m venv --without-pip /opt/venv
    $ pip --python /opt/venv/bin/python install requests

Programy, které vyhledávací cestu ignorují, se často řídí touto
proměnnou:
    VIRTUAL_ENV=/opt/venv

Toto pravidlo se netýká obrazu s vlastním Pythonem, který nepochází z
distribuce Debian.

Vypnutí ochrany
---------------

Ochranu tvoří jediný soubor, který instalační nástroje hledají:
    /usr/lib/python3.13/EXTERNALLY-MANAGED
Pokud ho jen smažete, objeví se znovu při aktualizaci nebo přeinstalaci
balíčku, ke kterému patří.

Takto vypnete ochranu pro tuto verzi Pythonu, dokud ji znovu nezapnete
(jako root):
    $ dpkg-divert --local --rename --add /usr/lib/python3.13/EXTERNALLY-MANAGED
Takto ji znovu zapnete:
    $ dpkg-divert --local --rename --remove /usr/lib/python3.13/EXTERNALLY-MANAGED

V obrazu lze správce balíčků nastavit tak, aby vynechal soubor, který
ochranu zapíná, a to i u pozdějších verzí Pythonu. Před instalací
Pythonu přidejte do souboru, který je uveden jako první, to, co
následuje za jeho názvem:
    /etc/dpkg/dpkg.cfg.d/externally-managed
    path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED

Kdo sestavuje obraz pro jiné, měl by ochranu ponechat, protože právě
uživatelům takového obrazu prospěje nejvíc.

Obejití ochrany a jeho rizika
-----------------------------

Tato volba programů pip a uv jednorázově obejde ochranu:
    --break-system-packages
Programy z distribuce Debian mohou přestat fungovat a stejně tak samotný
správce balíčků. Tuto volbu používejte jen v systému, bez kterého se
obejdete, například v obrazu, který můžete sestavit znovu.

Totéž pro všechny příkazy v shellu nebo v obrazu (jen pip):
    PIP_BREAK_SYSTEM_PACKAGES=1
Totéž pro všechny uživatele, dokud to nezrušíte druhým z těchto příkazů
(jen pip, jako root):
    $ pip config --global set global.break-system-packages true
    $ pip config --global unset global.break-system-packages
Takto najdete zapomenutá nastavení tohoto druhu:
    $ pip config list
Takto najdete tuto volbu ve skriptech:
    $ grep -rn break-system-packages .

I při obejití ochrany může pip odmítnout odinstalovat balíčky z
distribuce Debian, protože neobsahují seznam svých souborů, který by pip
uměl přečíst.

Řešení potíží
-------------

Nejprve zjistěte, který pip se spouští a pro který Python:
    $ pip --version
Verze programu pip starší než 23.0 tuto ochranu neznají a mění tuto
instalaci Pythonu bez varování. Nedovolte, aby pip z distribuce Debian
aktualizoval sám sebe, jinak přijdete o změny, které v něm tato
distribuce provádí.

Pokud se odmítnutí objeví, přestože je prostředí aktivní, bylo prostředí
pravděpodobně přesunuto nebo přejmenováno: jeho vlastní pip se už
nespustí a místo něj běží jiný. Vytvořte prostředí znovu na novém místě:
    $ .venv/bin/python -m pip freeze > requirements.txt
    $ python3 -m venv --clear .venv
    $ .venv/bin/pip install -r requirements.txt

Prostředí nekopírujte: pip z kopie instaluje do původního prostředí. V
souborovém systému, který nedovoluje spouštět programy (noexec), se
odmítnutí objeví, přestože je prostředí aktivní; vytvořte prostředí
jinde. Pokud do prostředí nesmíte zapisovat, obraťte se na toho, kdo ho
vytvořil, nebo si vytvořte vlastní.
