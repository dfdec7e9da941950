Pakiety Pythona z dystrybucji Debian i z innych źródeł
======================================================

W tym pliku wyjaśniono, dlaczego instalatory pakietów, takie jak pip i
uv, odmawiają wprowadzania zmian w tej instalacji Pythona i co można
zrobić zamiast tego. Dotyczy on tylko jednej instalacji Pythona, tej,
którą uruchamia to polecenie:
    $ python3

Wpisując polecenia z przykładów, należy pominąć znak dolara na początku
wiersza. Wcięte wiersze bez znaku dolara nie są poleceniami, lecz
opcjami, ustawieniami lub nazwami plików. Nazwy pakietów, takie jak
requests i httpie, są przykładowe.

Przyczyna odmowy
----------------

Tą instalacją Pythona zarządza dystrybucja Debian za pomocą swojego
menedżera pakietów (apt). Programy z dystrybucji Debian zależą od
pakietów należących do tej instalacji Pythona. Zastąpienie lub usunięcie
któregoś z nich przez instalator mogłoby uszkodzić takie programy,
dlatego instalator przerywa pracę, zanim cokolwiek zmieni. Nic nie
zostało uszkodzone i niczego nie zainstalowano ani nie usunięto.

Odmowa nie dotyczy środowisk wirtualnych ani innych instalacji Pythona
na tym komputerze. Ta zasada obowiązuje nie tylko w dystrybucji Debian;
wynika ze specyfikacji wspólnej dla całego Pythona:
    https://peps.python.org/pep-0668/

Pakiety z dystrybucji Debian
----------------------------

Aby zainstalować pakiet z dystrybucji Debian (jako root, na przykład za
pomocą polecenia sudo):
    $ apt install python3-requests

Pakiety zainstalowane w ten sposób są aktualizowane razem z resztą
systemu. Ich nazwy mogą się różnić od nazw znanych programowi pip. Aby
wyszukać pakiet:
    $ apt search --names-only requests

Podczas budowania obrazu kontenera warto pominąć pakiety, które są tylko
zalecane:
    $ apt-get update && apt-get install --yes --no-install-recommends python3-requests

Środowiska wirtualne
--------------------

Środowisko wirtualne to katalog z własnym zestawem pakietów. Używa ono
tej instalacji Pythona, ale poza tym katalogiem nic się nie zmienia. Aby
utworzyć środowisko i zainstalować w nim pakiet (wymagany jest pakiet
python3-venv):
    $ python3 -m venv .venv
    $ .venv/bin/pip install requests

Jeśli brakuje wymienionego wyżej pakietu, pierwsze polecenie kończy się
komunikatem o błędzie z nazwą tego pakietu; należy go wtedy zainstalować
i ponownie wykonać polecenie. Dla każdego projektu należy utworzyć
osobne środowisko. Aby usunąć środowisko, wystarczy usunąć jego katalog:
    $ rm -r .venv

Uruchamianie programów ze środowiska wirtualnego
------------------------------------------------

Programy należy uruchamiać za pomocą Pythona ze środowiska, który sam
odnajduje pakiety:
    $ .venv/bin/python app.py

Aktywowanie środowiska nie jest konieczne. Po aktywowaniu, aż do
zamknięcia powłoki, polecenia python i pip pochodzą ze środowiska (sh,
bash i zsh):
    $ . .venv/bin/activate
To samo w powłoce fish:
    $ source .venv/bin/activate.fish
Aby opuścić środowisko:
    $ deactivate

Skrypty, usługi i zaplanowane zadania
-------------------------------------

Należy podać pełną ścieżkę do Pythona w środowisku wirtualnym. Nie
trzeba aktywować tego środowiska ani ustawiać zmiennych środowiskowych.
Pierwszy wiersz skryptu:
    #!/opt/venv/bin/python
W jednostce systemd:
    ExecStart=/opt/venv/bin/python /opt/app/app.py
W pliku crontab:
    15 4 * * * /opt/venv/bin/python /opt/app/app.py

Używanie pakietów z dystrybucji Debian w środowisku wirtualnym
--------------------------------------------------------------

Środowisko może też widzieć pakiety z dystrybucji Debian, jeśli zostanie
utworzone w ten sposób:
    $ python3 -m venv --system-site-packages .venv
Już zainstalowane pakiety są wtedy używane i nie są instalowane po raz
drugi. Po zaktualizowaniu takiego pakietu w środowisku nowsza wersja
znajduje się w tym środowisku i tylko ono jej używa:
    $ .venv/bin/pip install --upgrade requests

Aby to później zmienić, należy zmodyfikować jeden wiersz w pliku
pyvenv.cfg tego środowiska:
    include-system-site-packages = true

Aplikacje
---------

Program pipx tworzy dla każdej aplikacji osobne środowisko i udostępnia
jej polecenia (wymagany jest pakiet pipx):
    $ pipx install httpie

Jeśli polecenia te nie zostaną potem znalezione, należy jednorazowo
wykonać poniższe polecenie i zalogować się ponownie:
    $ pipx ensurepath
Aby zaktualizować wszystkie aplikacje zainstalowane w ten sposób:
    $ pipx upgrade-all
Aby jednorazowo uruchomić aplikację bez jej instalowania:
    $ pipx run cowsay -t hi
Aby zainstalować aplikację dla wszystkich użytkowników (jako root):
    $ pipx install --global httpie

Aplikacje z wtyczkami
---------------------

Wtyczkę należy zainstalować w środowisku jej aplikacji:
    $ pipx inject httpie httpie-jwt-auth
Aplikacja, która sama instaluje swoje wtyczki, potrzebuje środowiska, w
którym może zapisywać pliki, dlatego ją także należy zainstalować za
pomocą programu pipx.

Instalacje użytkownika i inne katalogi
--------------------------------------

Instalatory odmawiają także instalacji w katalogu domowym, ponieważ z
tak zainstalowanych pakietów korzystałby każdy program uruchamiany za
pomocą tej instalacji Pythona:
    --user
Ustawienia, które włączają lub wyłączają instalacje użytkownika, niczego
tu nie zmieniają:
    PYTHONNOUSERSITE=1
Instalatory nie odmawiają instalacji we wskazanym katalogu:
    --target
    --prefix
    --root
Położenie takiego katalogu nie jest sprawdzane, dlatego trzeba się
upewnić, że nie korzysta z niego system.

Jeśli blokada zostanie pominięta przez użytkownika root, pakiety trafią
do poniższego katalogu, a wszystkie programy będą ich używać zamiast
pakietów z dystrybucji Debian:
    /usr/local/lib/python3.13/dist-packages

Kontenery
---------

Należy utworzyć środowisko pod stałą ścieżką i umieścić je na pierwszym
miejscu w ścieżce wyszukiwania poleceń. W pliku Dockerfile lub
Containerfile:
    RUN python3 -m venv /opt/venv
    ENV PATH="/opt/venv/bin:$PATH"
    RUN pip install requests
Nawet w kontenerze warto używać środowiska: instalowane w ten sposób
pakiety nie mogą uszkodzić programów z dystrybucji Debian, a
aktualizacja pakietów tej dystrybucji nie może cofnąć tego, co
zainstalowano. Skanery bezpieczeństwa wykazują pakiety ze środowiska
obok pakietów z dystrybucji Debian.

Powłoki logowania i polecenie sudo przywracają domyślną ścieżkę
wyszukiwania. Należy tam użyć pełnej ścieżki albo przekazać ścieżkę
wyszukiwania:
    $ sudo /opt/venv/bin/python app.py
    $ sudo env "PATH=$PATH" python app.py

Środowisko należące do użytkownika root działa także wtedy, gdy kontener
jest uruchamiany przez użytkownika o dowolnym identyfikatorze. Tylko
jeśli użytkownik o takim identyfikatorze musi instalować pakiety w
czasie działania kontenera, podczas budowania obrazu należy wykonać to
polecenie:
    $ chgrp -R 0 /opt/venv && chmod -R g=u /opt/venv

Kopiując środowisko z jednego etapu budowania do innego, należy zachować
jego ścieżkę i wersję Pythona. Pod inną ścieżką polecenia środowiska się
nie uruchomią.

Python ze środowiska może tworzyć kolejne środowiska; nie zależą one od
pierwszego.

Najwięcej miejsca w nowym środowisku zajmuje jego kopia programu pip.
Aby się bez niej obejść, można użyć programu pip spoza środowiska:
    $ python3 -m venv --without-pip /opt/venv
    $ pip --python /opt/venv/bin/python install requests

Programy, które ignorują ścieżkę wyszukiwania, często uwzględniają tę
zmienną:
    VIRTUAL_ENV=/opt/venv

Ta zasada nie dotyczy obrazu z własnym Pythonem, który nie pochodzi z
dystrybucji Debian.

Wyłączanie blokady
------------------

Blokada to jeden plik, którego szukają instalatory:
    /usr/lib/python3.13/EXTERNALLY-MANAGED
Jeśli zostanie tylko usunięty, pojawi się znowu przy aktualizacji lub
ponownej instalacji pakietu, do którego należy.

Aby wyłączyć blokadę dla tej wersji Pythona do czasu ponownego włączenia
(jako root):
    $ dpkg-divert --local --rename --add /usr/lib/python3.13/EXTERNALLY-MANAGED
Aby ponownie ją włączyć:
    $ dpkg-divert --local --rename --remove /usr/lib/python3.13/EXTERNALLY-MANAGED

W obrazie można skonfigurować menedżer pakietów tak, aby nie instalował
pliku, który włącza blokadę, także w późniejszych wersjach Pythona.
Przed zainstalowaniem Pythona do pliku, którego nazwę podano jako
pierwszą, należy dodać to, co po niej następuje:
    /etc/dpkg/dpkg.cfg.d/externally-managed
    path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED

Twórcy obrazów przeznaczonych dla innych powinni zachować blokadę,
ponieważ najbardziej korzystają na niej użytkownicy takich obrazów.

Pomijanie blokady i związane z tym ryzyko
-----------------------------------------

Ta opcja programów pip i uv jednorazowo pomija blokadę:
    --break-system-packages
Programy z dystrybucji Debian mogą przestać działać, podobnie jak sam
menedżer pakietów. Tej opcji należy używać tylko w systemie, bez którego
można się obejść, na przykład w obrazie, który można zbudować ponownie.

To samo dla wszystkich poleceń w powłoce lub w obrazie (tylko pip):
    PIP_BREAK_SYSTEM_PACKAGES=1
To samo dla wszystkich użytkowników, do czasu cofnięcia drugim z
poniższych poleceń (tylko pip, jako root):
    $ pip config --global set global.break-system-packages true
    $ pip config --global unset global.break-system-packages
Aby znaleźć zapomniane ustawienia tego rodzaju:
    $ pip config list
Aby znaleźć tę opcję w skryptach:
    $ grep -rn break-system-packages .

Nawet po pominięciu blokady program pip może odmówić odinstalowania
pakietów z dystrybucji Debian, ponieważ nie mają one listy swoich
plików, którą pip mógłby odczytać.

Rozwiązywanie problemów
-----------------------

Najpierw należy sprawdzić, który program pip jest uruchamiany i dla
którego Pythona:
    $ pip --version
Program pip w wersji starszej niż 23.0 nie zna tej blokady i zmienia tę
instalację Pythona bez ostrzeżenia. Nie należy pozwalać, aby program pip
z dystrybucji Debian aktualizował sam siebie, ponieważ utracone
zostałyby zmiany wprowadzone w nim przez tę dystrybucję.

Jeśli odmowa pojawia się mimo aktywnego środowiska, prawdopodobnie
zostało ono przeniesione lub zmieniono jego nazwę: jego własny program
pip już się nie uruchamia i zamiast niego działa inny. Należy ponownie
utworzyć środowisko w nowym miejscu:
    $ .venv/bin/python -m pip freeze > requirements.txt
    $ python3 -m venv --clear .venv
    $ .venv/bin/pip install -r requirements.txt

Nie należy kopiować środowisk: program pip z kopii instaluje pakiety w
pierwotnym środowisku. W systemie plików, który nie pozwala na
uruchamianie programów (noexec), odmowa pojawia się mimo aktywnego
środowiska; środowisko należy utworzyć w innym miejscu. W razie braku
prawa zapisu w środowisku należy zwrócić się do osoby, która je
utworzyła, lub utworzyć własne.
